package io.holdfast.core.protocol.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the conversation that was recorded for protocol version 1. If the protocol changes on purpose, run with {@code
 * -Dholdfast.transcripts.record=true}, look at the difference, and say in {@code docs/protocol.md} what changed.
 */
class TranscriptTest {

    @BeforeAll
    static void recordIfAsked() throws IOException {
        if (Boolean.getBoolean("holdfast.transcripts.record")) {
            for (TranscriptFile file : new Conversation(schema()).play()) {
                file.write();
            }
        }
    }

    private static Schema schema() throws IOException {
        return SchemaJson.read(Files.readAllBytes(TranscriptFile.FOLDER.resolve("schema.json")));
    }

    private static Stream<Step.Call> calls() throws IOException {
        return TranscriptFile.all().stream()
                .flatMap(file -> file.steps().stream())
                .filter(Step.Call.class::isInstance)
                .map(Step.Call.class::cast);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void requestsAreWrittenAsTheyWereRead(Step.Call call) {
        String again = switch (call.path()) {
            case "/v1/replicas" -> again(call.request(), ExchangeCodec::readRegisterRequest, ExchangeCodec::write);
            case "/v1/exchange" -> again(call.request(), ExchangeCodec::readExchangeRequest, ExchangeCodec::write);
            default -> again(call.request(), ReconcileCodec::readReconcileRequest, ReconcileCodec::write);
        };
        assertThat(again).isEqualTo(call.request());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void answersAreWrittenAsTheyWereRead(Step.Call call) {
        String again = switch (call.path()) {
            case "/v1/replicas" -> again(call.answer(), ExchangeCodec::readRegisterAnswer, ExchangeCodec::write);
            case "/v1/exchange" -> again(call.answer(), ExchangeCodec::readExchangeAnswer, ExchangeCodec::write);
            default -> again(call.answer(), ReconcileCodec::readReconcileAnswer, ReconcileCodec::write);
        };
        assertThat(again).isEqualTo(call.answer());
    }

    private static <T> String again(String body, Function<byte[], T> read, Function<T, byte[]> write) {
        return Conversation.utf8(write.apply(read.apply(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aFreshServerGivesTheSameAnswers() throws IOException {
        ScriptedServer server = new ScriptedServer(schema());
        for (TranscriptFile file : TranscriptFile.all()) {
            for (Step step : file.steps()) {
                switch (step) {
                    case Step.Event event -> server.happen(event.server());
                    case Step.Call call ->
                        assertThat(server.answer(call.path(), call.principal(), call.atMillis(), call.request()))
                                .as(file.name() + ": " + call.title())
                                .isEqualTo(call.answer());
                }
            }
        }
    }

    @Test
    void everyOutcomeIsRecorded() throws IOException {
        String answers = String.join("\n", calls().map(Step.Call::answer).toList());
        List<String> outcomes = List.of(
                "APPLIED",
                "FORKED",
                "EPOCH_CHANGED",
                "UNREGISTERED",
                "ACCEPTED",
                "MERGED",
                "CONFLICT",
                "REFUSED",
                "\"nodes\":",
                "\"rows\":",
                "\"behind\":");
        assertThat(outcomes).allSatisfy(outcome -> assertThat(answers).contains(outcome));
    }
}
