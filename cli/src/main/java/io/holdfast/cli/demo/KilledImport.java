package io.holdfast.cli.demo;

import io.holdfast.cli.Main;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An import that is killed half-way, as a device is whose battery is pulled out: {@code holdfast put} in a process of its own,
 * ended by SIGKILL as soon as it has promised records to be durable.
 */
final class KilledImport {

    private KilledImport() {}

    /**
     * Runs and kills it.
     *
     * @return the ids that were promised; the store may hold more, but never less
     */
    static List<String> run(Path store, List<String> lines) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "put",
                            "--store",
                            store.toString(),
                            DemoEvents.COLLECTION)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread.ofVirtual().name("demo-import").start(() -> feed(process, lines));
            return promised(process);
        } catch (IOException failed) {
            throw new HoldfastException(
                    ErrorCode.INTERNAL, "No second process could be started; check that java may be run.", failed);
        }
    }

    private static void feed(Process process, List<String> lines) {
        try (OutputStream in = process.getOutputStream()) {
            for (String line : lines) {
                in.write((line + '\n').getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException killed) {
            // Nobody reads any more, which was to be expected.
        }
    }

    private static List<String> promised(Process process) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String first = out.readLine();
            process.toHandle().destroyForcibly();
            for (String id = first; id != null; id = out.readLine()) {
                ids.add(id);
            }
        }
        process.waitFor();
        return ids;
    }
}
