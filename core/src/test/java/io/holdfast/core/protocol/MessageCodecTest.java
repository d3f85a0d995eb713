package io.holdfast.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.holdfast.core.Limits;
import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueGens;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {

    /** One kind of message: how it is made, written and read. */
    record Kind<T>(String name, Gen<T> gen, Function<? super T, byte[]> write, Function<byte[], T> read) {
        Gen<byte[]> written() {
            return gen.map(write);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind<?>> kinds() {
        return Stream.of(
                new Kind<>(
                        "register request",
                        MessageGens.registerRequests(),
                        ExchangeCodec::write,
                        ExchangeCodec::readRegisterRequest),
                new Kind<>(
                        "register answer",
                        MessageGens.registerAnswers(),
                        ExchangeCodec::write,
                        ExchangeCodec::readRegisterAnswer),
                new Kind<>(
                        "exchange request",
                        MessageGens.exchangeRequests(),
                        ExchangeCodec::write,
                        ExchangeCodec::readExchangeRequest),
                new Kind<>(
                        "exchange answer",
                        MessageGens.exchangeAnswers(),
                        ExchangeCodec::write,
                        ExchangeCodec::readExchangeAnswer),
                new Kind<>(
                        "reconcile request",
                        MessageGens.reconcileRequests(),
                        ReconcileCodec::write,
                        ReconcileCodec::readReconcileRequest),
                new Kind<>(
                        "reconcile answer",
                        MessageGens.reconcileAnswers(),
                        ReconcileCodec::write,
                        ReconcileCodec::readReconcileAnswer),
                new Kind<>(
                        "changes of a batch", MessageGens.changes().list(0, 4), BatchCodec::encode, BatchCodec::decode),
                new Kind<>(
                        "kept results",
                        MessageGens.results().list(0, 4),
                        results -> ExchangeCodec.writeResults(results).getBytes(StandardCharsets.UTF_8),
                        bytes -> ExchangeCodec.readResults(new String(bytes, StandardCharsets.UTF_8))),
                new Kind<>(
                        "value",
                        ValueGens.any(),
                        value -> ValueText.json(value).getBytes(StandardCharsets.UTF_8),
                        bytes -> ValueText.parse(new String(bytes, StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsWrittenReadsBackEqual(Kind<?> kind) {
        readsBackEqual(kind);
    }

    private static <T> void readsBackEqual(Kind<T> kind) {
        Property.of(kind + " round-trips")
                .tries(300)
                .forAll(
                        kind.gen(),
                        message -> assertThat(kind.read().apply(kind.write().apply(message)))
                                .isEqualTo(message));
    }

    @Test
    void aRequestGivesTheBatchsBytesAndWhatTheySay() {
        Property.of("batches pass as they are").forAll(MessageGens.exchangeRequests(), request -> {
            ExchangeRequest read = ExchangeCodec.readExchangeRequest(ExchangeCodec.write(request));
            assertThat(read.batch().map(Batch::changes))
                    .isEqualTo(request.batch().map(Batch::changes));
            assertThat(read.batch().map(batch -> new String(batch.bytes(), StandardCharsets.UTF_8)))
                    .isEqualTo(request.batch().map(batch -> new String(batch.bytes(), StandardCharsets.UTF_8)));
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMessageCutShortAnywhereIsRefused(Kind<?> kind) {
        Property.of(kind + " cannot be cut short")
                .tries(8)
                .forAll(kind.written().filter(bytes -> !isNumber(bytes)), bytes -> {
                    for (int length = 0; length < bytes.length; length++) {
                        byte[] cut = Arrays.copyOf(bytes, length);
                        if (!refused(kind, cut)) {
                            fail("the first %d bytes were read as a %s", length, kind);
                        }
                    }
                });
    }

    /** A number by itself cut short is another number. */
    private static boolean isNumber(byte[] bytes) {
        return bytes[0] == '-' || Character.isDigit(bytes[0]);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void damagedMessagesAreRefusedOrReadAndNothingElse(Kind<?> kind) {
        Property.of(kind + " with damaged bytes")
                .tries(500)
                .forAll(choices -> damaged(kind.written().next(choices), choices), bytes -> refused(kind, bytes));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void valuesOfAnotherKindAreRefusedOrReadAndNothingElse(Kind<?> kind) {
        Property.of(kind + " with exchanged values")
                .tries(500)
                .forAll(choices -> exchanged(kind.written().next(choices), choices), bytes -> refused(kind, bytes));
    }

    @Test
    void unknownPropertiesArePassedOver() {
        kinds().limit(6).forEach(MessageCodecTest::passesOver);
    }

    private static <T> void passesOver(Kind<T> kind) {
        Property.of(kind + " of newer senders").tries(50).forAll(kind.gen(), message -> {
            String text = new String(kind.write().apply(message), StandardCharsets.UTF_8);
            String newer = "{\"newer\":{\"a\":[1,{\"b\":null}]}," + text.substring(1);
            assertThat(kind.read().apply(newer.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(message);
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nothingMayFollowAMessage(Kind<?> kind) {
        Property.of("nothing follows a " + kind).tries(50).forAll(kind.written(), bytes -> {
            byte[] more = Arrays.copyOf(bytes, bytes.length + 2);
            more[bytes.length] = ' ';
            more[bytes.length + 1] = '1';
            assertThat(refused(kind, more)).isTrue();
        });
    }

    /** Whether the bytes are refused; fails if by anything but the declared exception. */
    private static boolean refused(Kind<?> kind, byte[] bytes) {
        try {
            return kind.read().apply(bytes) == null;
        } catch (HoldfastException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.JSON_MALFORMED);
            return true;
        }
    }

    private static byte[] damaged(byte[] bytes, Choices choices) {
        byte[] damaged = bytes;
        for (int i = choices.index(3); i >= 0; i--) {
            int at = choices.index(damaged.length + 1);
            byte[] head = Arrays.copyOf(damaged, at);
            byte[] tail = Arrays.copyOfRange(damaged, Math.min(damaged.length, at + choices.index(2)), damaged.length);
            byte[] between = Gens.<byte[]>oneOf(
                            Gens.bytes(0, 2),
                            Gens.pick("{", "}", "[", "]", ",", ":", "\"", "\\", "0", "-", "e")
                                    .map(sign -> sign.getBytes(StandardCharsets.UTF_8)))
                    .next(choices);
            damaged = join(head, between, tail);
        }
        return damaged;
    }

    private static byte[] join(byte[] head, byte[] between, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + between.length + tail.length);
        System.arraycopy(between, 0, joined, head.length, between.length);
        System.arraycopy(tail, 0, joined, head.length + between.length, tail.length);
        return joined;
    }

    private static final Pattern SCALAR =
            Pattern.compile("(?<=[:\\[,])(\"(?:[^\"\\\\]|\\\\.)*\"(?!:)|-?[0-9][-+.eE0-9]*|true|false|null)");

    private static byte[] exchanged(byte[] bytes, Choices choices) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<int[]> places = SCALAR.matcher(text)
                .results()
                .map(place -> new int[] {place.start(), place.end()})
                .toList();
        if (places.isEmpty()) {
            return bytes;
        }
        int[] place = Gens.pick(places).next(choices);
        String other = Gens.pick(
                        "null",
                        "true",
                        "\"\"",
                        "\"x\"",
                        "\"=\"",
                        "{}",
                        "[]",
                        "[1,2]",
                        "0",
                        "-1",
                        "1.5",
                        "1e400",
                        "9223372036854775808",
                        "2147483648",
                        "{\"real\":1e999}",
                        "{\"decimal\":\"1e99999\"}",
                        "{\"decimal\":\"1E+3\"}",
                        "{\"bytes\":\"*\"}",
                        "{\"counter\":{\"1\":[-1,0]}}",
                        "{\"counter\":{\"x\":[1,0]}}",
                        "{\"set\":{\"a\":{\"1\":[0,1]}}}",
                        "{\"set\":{\"a\":{\"1\":[1]}}}",
                        "\"0000000000000000.0000000000000000\"",
                        "\"ffffffffffffffff.0000000000000000\"",
                        "\"\\ud800\"",
                        "\"\\u0000\"")
                .next(choices);
        return (text.substring(0, place[0]) + other + text.substring(place[1])).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void elementsAtTheirLimitTravelWhateverTheyAreWrittenWith() {
        for (String sign : List.of("a", "\"", "\\", "\u0001", "é", "\ud83d\ude00")) {
            int bytes = sign.getBytes(StandardCharsets.UTF_8).length;
            SetValue set = SetValue.EMPTY.add(sign.repeat(Limits.ELEMENT_BYTES_MAX / bytes), 1, 1);
            assertThat(ValueText.parse(ValueText.json(set))).isEqualTo(set);
        }
    }

    @Test
    void theSizeHintIsNeverFarBelowWhatAnEditTakes() {
        Property.of("size hints").tries(500).forAll(MessageGens.changes(), change -> {
            Change bare = new Change(change.key(), change.edit(), 0, new java.util.TreeMap<>(), 0, Change.Kind.EDIT);
            // Control characters take six bytes where the hint counts two; stamps of their own are not counted.
            assertThat((long) BatchCodec.encode(List.of(bare)).length)
                    .isLessThan(8 * BatchCodec.sizeHint(change.edit()));
        });
    }

    @Test
    void aMarkNamesTheBytesTheNumberAndAllBatchesBefore() {
        byte[] bytes = "[]".getBytes(StandardCharsets.UTF_8);
        BatchMark first = BatchCodec.mark(BatchMark.NONE, bytes);
        assertThat(first.number()).isEqualTo(1);
        assertThat(first.hash()).matches("[0-9a-f]{64}");
        assertThat(BatchCodec.mark(BatchMark.NONE, bytes)).isEqualTo(first);
        assertThat(BatchCodec.mark(BatchMark.NONE, "[ ]".getBytes(StandardCharsets.UTF_8))
                        .hash())
                .isNotEqualTo(first.hash());
        BatchMark second = BatchCodec.mark(first, bytes);
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.hash()).isNotEqualTo(first.hash());
        assertThat(BatchCodec.mark(new BatchMark(1, first.hash().replace('a', 'b') + "0"), bytes)
                        .hash())
                .isNotEqualTo(second.hash());
        assertThat(BatchCodec.mark(new BatchMark(7, ""), bytes).hash()).isNotEqualTo(first.hash());
    }

    @Test
    void clearedValuesTravelAsNull() {
        assertThat(ValueText.json(Value.NULL)).isEqualTo("null");
        assertThat(ValueText.parse("null")).isEqualTo(Value.NULL);
    }
}
