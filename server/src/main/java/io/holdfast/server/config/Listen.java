package io.holdfast.server.config;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where the server listens, and under which names it answers.
 *
 * @param host address or name of an interface; {@code 0.0.0.0} or {@code ::} for all of them
 * @param port 0 for any free one
 * @param names names in the Host header that are accepted beside those of the interface and of the loopback: those that
 *     clients and proxies use
 * @param tls absent for plain HTTP
 */
public record Listen(String host, int port, SortedSet<String> names, Optional<Tls> tls) {

    private static final int PORT_MAX = 65_535;

    /** This machine only, on port 8420, in plain HTTP. */
    public static Listen defaults() {
        return new Listen("127.0.0.1", 8420, new TreeSet<>(), Optional.empty());
    }

    /** Copies, and checks the port. */
    public Listen {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a server listens on a host; give 127.0.0.1 for this machine only");
        }
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("a port is 0 to " + PORT_MAX);
        }
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /** Whether only this machine can connect. */
    public boolean loopback() {
        return host.equals("localhost") || host.equals("::1") || host.equals("[::1]") || host.startsWith("127.");
    }

    /** The same on another interface. */
    public Listen withHost(String another) {
        return new Listen(another, port, names, tls);
    }

    /** The same on another port. */
    public Listen withPort(int another) {
        return new Listen(host, another, names, tls);
    }

    /** The same under other names. */
    public Listen withNames(SortedSet<String> others) {
        return new Listen(host, port, others, tls);
    }

    /** The same under TLS. */
    public Listen withTls(Tls certificate) {
        return new Listen(host, port, names, Optional.of(certificate));
    }
}
