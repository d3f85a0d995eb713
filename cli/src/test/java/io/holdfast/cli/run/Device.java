package io.holdfast.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device of the scope {@code ann}, worked by commands on a store of a folder. */
public final class Device {

    private final Commands commands;
    private final Path folder;
    private final String name;

    private Device(Path folder, String name) {
        this.commands = Commands.in(folder);
        this.folder = folder;
        this.name = name;
    }

    /** A device whose store is there, or will be. */
    public static Device of(Path folder, String name) {
        return new Device(folder, name);
    }

    /** Makes its store, or tells it of another server. */
    public Device init(ServerProcess server, String token) {
        commands.run(
                        "device",
                        "init",
                        "--store",
                        store(),
                        "--schema",
                        "@journal.json",
                        "--scope",
                        "ann",
                        "--server",
                        server.address(),
                        "--token",
                        token)
                .fine();
        return this;
    }

    /** How commands name its store. */
    public String store() {
        return "@" + name + ".db";
    }

    /** Where its store is. */
    public Path file() {
        return folder.resolve(name + ".db");
    }

    /** Writes entries, one a line. */
    public Device put(String... lines) {
        commands.pipe(String.join("\n", lines), "put", "--store", store(), "entries")
                .fine();
        return this;
    }

    /** Adds to the counter of an entry. */
    public Device view(String id, int times) {
        return put(Journal.entry(id, "views", "{\"add\":" + times + "}"));
    }

    /** Exchanges, and is proven equal. */
    public Device sync() {
        commands.run("sync", "--store", store()).fine();
        return this;
    }

    /** Runs a command on its store. */
    public Invocation run(String... args) {
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--store";
        all[args.length + 1] = store();
        return commands.run(all);
    }

    /** The counter of an entry. */
    public long views(String id) {
        Matcher views = Pattern.compile("\"views\":(\\d+)")
                .matcher(run("get", "entries", id, "--json").fine().out());
        return views.find() ? Long.parseLong(views.group(1)) : 0;
    }

    /** Its entries as JSON, one a line. */
    public String list() {
        return run("list", "entries", "--json").fine().out();
    }

    /** Its status as JSON. */
    public String status() {
        return run("status", "--json").fine().out();
    }

    /** Checks that the actual rows of both sides are equal, and that nothing waits. */
    public Device proven() {
        assertThat(run("verify", "--deep").fine().lines()).allMatch(line -> line.matches("L[012] equal.*"));
        assertThat(status()).contains("\"pending\":0,\"inFlight\":0,\"quarantined\":0,", "\"openGaps\":0,");
        return this;
    }
}
