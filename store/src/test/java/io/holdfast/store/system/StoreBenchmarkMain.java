package io.holdfast.store.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints the store's figures; {@code args[0]} is the folder for its files. */
final class StoreBenchmarkMain {

    private StoreBenchmarkMain() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "bench");
        StoreBenchmark benchmark = new StoreBenchmark(folder);
        benchmark.puts(2_000).forEach(System.out::println);
        System.out.println(benchmark.threads(20_000));
        System.out.println(benchmark.pulls(200_000, 2_000));
    }
}
