package io.holdfast.core.protocol.transcript;

import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of a conversation as a file: a JSON array of steps, with each request and each answer on a line of its own, because
 * there every byte counts.
 */
record TranscriptFile(String name, List<Step> steps) {

    /** Relative to the module, which is where its tests run. */
    static final Path FOLDER = Path.of("src/test/resources/protocol/v1");

    private static final String REQUEST = "   \"request\": ";
    private static final String ANSWER = "   \"answer\": ";

    static List<TranscriptFile> all() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FOLDER)) {
            files = found.filter(file -> file.getFileName().toString().matches("[0-9]+-.*\\.json"))
                    .sorted()
                    .toList();
        }
        List<TranscriptFile> all = new ArrayList<>();
        for (Path file : files) {
            all.add(read(file));
        }
        return all;
    }

    private static TranscriptFile read(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> requests = lines(text, REQUEST, ",");
        List<String> answers = lines(text, ANSWER, "");
        List<Step> steps = new ArrayList<>();
        int call = 0;
        for (JsonTree element : ((JsonTree.Elements) JsonText.read(text)).elements()) {
            Fields step = new Fields(element);
            if (step.has("server")) {
                steps.add(new Step.Event(step.text("title"), Step.Happening.valueOf(step.text("server"))));
            } else {
                steps.add(call(step, requests.get(call), answers.get(call)));
                call++;
            }
        }
        return new TranscriptFile(file.getFileName().toString(), steps);
    }

    private static Step.Call call(Fields step, String request, String answer) {
        return new Step.Call(
                step.text("title"),
                step.number("atMillis"),
                new Principal(step.text("principal"), Role.valueOf(step.text("role"))),
                step.text("path"),
                request,
                answer);
    }

    private static List<String> lines(String text, String start, String end) {
        return text.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length(), line.length() - end.length()))
                .toList();
    }

    void write() throws IOException {
        List<String> parts = steps.stream().map(TranscriptFile::text).toList();
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(name), "[\n" + String.join(",\n", parts) + "\n]\n", StandardCharsets.UTF_8);
    }

    private static String text(Step step) {
        return switch (step) {
            case Step.Event event ->
                "  {\"title\": " + quoted(event.title()) + ", \"server\": \"" + event.server() + "\"}";
            case Step.Call call ->
                "  {\"title\": " + quoted(call.title()) + ",\n   \"atMillis\": " + call.atMillis() + ", \"principal\": "
                        + quoted(call.principal().name()) + ", \"role\": \""
                        + call.principal().role() + "\", \"path\": " + quoted(call.path()) + ",\n" + REQUEST
                        + call.request() + ",\n" + ANSWER + call.answer() + "\n  }";
        };
    }

    private static String quoted(String text) {
        return CanonicalJson.of(new JsonTree.Text(text));
    }
}
