package io.holdfast.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code holdfast serve} in a process of its own, on any free port and the embedded database in {@code data}. */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("\"address\":\"([^\"]+)/\"");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final ChildProcess process;
    private final Commands commands;
    private final String address;

    private ServerProcess(ChildProcess process, Commands commands) {
        this.process = process;
        this.commands = commands;
        this.address = found(ADDRESS, process.line());
    }

    /** Starts one on {@code journal.json}, and waits until it listens. */
    public static ServerProcess start(Path folder, String... options) {
        List<String> args = new ArrayList<>(
                List.of("serve", "--data", "@data", "--schema", "@journal.json", "--port", "0", "--json"));
        args.addAll(List.of(options));
        return new ServerProcess(ChildProcess.start(folder, args.toArray(String[]::new)), Commands.in(folder));
    }

    /** Where it listens, without a slash at the end. */
    public String address() {
        return address;
    }

    /** The port it listens on. */
    public String port() {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    /** A new token; made beside the running server. */
    public String token(String role, String scope, String... options) {
        return token(commands, role, scope, options);
    }

    /** A new token, made by other commands. */
    public static String token(Commands by, String role, String scope, String... options) {
        List<String> args = new ArrayList<>(
                List.of("token", "create", "--role", role, "--scope", scope, "--data", "@data", "--json"));
        args.addAll(List.of(options));
        return found(TOKEN, by.run(args.toArray(String[]::new)).fine().out());
    }

    /** Asks it to stop, and waits until it has. */
    public Invocation terminate() {
        return process.terminate();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("nothing like " + pattern + " in: " + text);
        }
        return matcher.group(1);
    }
}
