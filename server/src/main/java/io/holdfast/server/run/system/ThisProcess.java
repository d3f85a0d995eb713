package io.holdfast.server.run.system;

import io.holdfast.server.run.lease.Holder;
import io.holdfast.server.run.write.Pause;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The process that runs are in. Stateless. */
public final class ThisProcess {

    private ThisProcess() {}

    /** Its name as a holder of leases: the machine's and the process's number. */
    public static Holder holder() {
        String machine = machine();
        return new Holder(
                machine + " " + ProcessHandle.current().pid(),
                other -> other.startsWith(machine + " ") && !runs(other.substring(machine.length() + 1)));
    }

    /** What cannot be read is not known to be gone. */
    private static boolean runs(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid))
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
        } catch (NumberFormatException unknown) {
            return true;
        }
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /** Waits as long as it says. */
    public static Pause pause() {
        return Thread::sleep;
    }
}
