package io.holdfast.cli.run;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A file system of a few megabytes that can be full. Skips the test where none can be mounted. */
public final class SmallDisk implements AutoCloseable {

    private static final byte[] BLOCK = new byte[1 << 12];

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one of 8 MB at a new folder below. */
    public static SmallDisk mount(Path below) {
        try {
            Path folder = Files.createDirectory(below.resolve("disk"));
            assumeTrue(
                    ran("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.toString()),
                    "a small file system can be mounted only by root, and where mounting is allowed");
            return new SmallDisk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes so much of its space. */
    public void occupy(int bytes) {
        try (OutputStream out = Files.newOutputStream(ballast())) {
            for (int left = bytes; left > 0; left -= BLOCK.length) {
                out.write(BLOCK);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes all that is left. */
    public void fill() {
        try (OutputStream out = Files.newOutputStream(folder.resolve("rest"))) {
            while (true) {
                out.write(BLOCK);
            }
        } catch (IOException full) {
            // as wanted
        }
    }

    /** Gives back what was taken. */
    public void makeRoom() {
        try {
            Files.deleteIfExists(ballast());
            Files.deleteIfExists(folder.resolve("rest"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    private static boolean ran(String... line) {
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A file left open keeps it mounted: that would be a leak of whoever failed on the full disk. */
    @Override
    public void close() {
        if (!ran("umount", folder.toString())) {
            String open = open();
            ran("umount", "--lazy", folder.toString());
            throw new AssertionError("files are still open: " + open);
        }
    }

    private String open() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.map(SmallDisk::target)
                    .filter(file -> file.startsWith(folder.toString()))
                    .toList()
                    .toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
