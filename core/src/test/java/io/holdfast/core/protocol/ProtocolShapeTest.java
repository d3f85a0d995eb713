package io.holdfast.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.json.JsonText;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.testkit.gen.Gen;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Ties the shape of the messages to {@link Protocol#VERSION}. The shape is learnt from what the codecs write of generated
 * messages, and kept as a file for each version, whose hash stands here, so that no version's shape is rewritten by accident.
 *
 * <p>It does not see a change in what a text or a number means; recorded conversations do.
 */
class ProtocolShapeTest {

    /** SHA-256 of the shape file of each version that was ever released. */
    private static final Map<Integer, String> HASHES =
            Map.of(1, "896eb5851c6a467c42d7720cb28a49651f707a950d3a816f2ecafaee6d199827");

    private static final Path FOLDER = Path.of("src/test/resources/protocol/shapes");
    private static final int SAMPLES = 400;

    private record Kind<T>(Class<T> type, Gen<? extends T> gen, Function<T, byte[]> write) {
        List<T> samples() {
            return List.copyOf(gen.samples(1, SAMPLES));
        }

        void teach(Shape shape) {
            samples().forEach(message -> shape.learn(type.getSimpleName(), JsonText.read(write.apply(message))));
        }
    }

    private static List<Kind<?>> kinds() {
        return List.of(
                new Kind<>(RegisterRequest.class, MessageGens.registerRequests(), ExchangeCodec::write),
                new Kind<>(RegisterAnswer.class, MessageGens.registerAnswers(), ExchangeCodec::write),
                new Kind<>(ExchangeRequest.class, MessageGens.exchangeRequests(), ExchangeCodec::write),
                new Kind<>(ExchangeAnswer.class, MessageGens.exchangeAnswers(), ExchangeCodec::write),
                new Kind<>(ReconcileRequest.class, MessageGens.reconcileRequests(), ReconcileCodec::write),
                new Kind<>(ReconcileAnswer.class, MessageGens.reconcileAnswers(), ReconcileCodec::write));
    }

    @BeforeAll
    static void recordIfAsked() throws IOException {
        if (Boolean.getBoolean("holdfast.shapes.record")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file(Protocol.VERSION), shapes());
        }
    }

    @Test
    void messagesHaveTheShapeOfTheirVersion() throws Exception {
        assertThat(shapes()).as("""
                        The shape of the messages is not that of protocol version %d. Devices and servers of that version
                        are in use: raise Protocol.VERSION and add its line there, run this test with
                        -Dholdfast.shapes.record=true, enter the new file's hash here, say in docs/protocol.md what
                        changed, and keep every earlier file.""", Protocol.VERSION).isEqualTo(Files.readString(file(Protocol.VERSION)));
    }

    @Test
    void theShapeOfAVersionIsNeverRewritten() throws Exception {
        assertThat(HASHES).containsKey(Protocol.VERSION).hasSize(Protocol.VERSION);
        for (Map.Entry<Integer, String> version : HASHES.entrySet()) {
            byte[] shape = Files.readAllBytes(file(version.getKey()));
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(shape)))
                    .as(
                            "the file of protocol version %d was rewritten: restore it, and give the change a version of its own",
                            version.getKey())
                    .isEqualTo(version.getValue());
        }
    }

    /** A shape learnt from messages says nothing of a type that no generated message has. */
    @Test
    void everyTypeThatAMessageCanHoldIsGenerated() {
        Set<Class<?>> expected = new LinkedHashSet<>();
        Set<Class<?>> generated = new LinkedHashSet<>();
        for (Kind<?> kind : kinds()) {
            reach(kind.type(), expected);
            kind.samples().forEach(message -> collect(message, generated));
        }
        // Batches are read as changes but written as bytes; the generator holds both.
        assertThat(expected).contains(CounterValue.class, SetValue.class, ChangeResult.Refused.class);
        assertThat(generated).containsAll(expected);
    }

    private static String shapes() {
        Shape shape = new Shape();
        kinds().forEach(kind -> kind.teach(shape));
        return String.join("\n", shape.lines()) + "\n";
    }

    private static Path file(int version) {
        return FOLDER.resolve(version + ".txt");
    }

    /** Adds every record type that a value of this type can hold. */
    private static void reach(Type type, Set<Class<?>> reached) {
        if (type instanceof ParameterizedType generic) {
            List.of(generic.getActualTypeArguments()).forEach(argument -> reach(argument, reached));
        } else if (type instanceof WildcardType wildcard) {
            List.of(wildcard.getUpperBounds()).forEach(bound -> reach(bound, reached));
        } else if (type instanceof Class<?> named && named.isSealed()) {
            List.of(named.getPermittedSubclasses()).forEach(permitted -> reach(permitted, reached));
        } else if (type instanceof Class<?> named && named.isRecord() && reached.add(named)) {
            List.of(named.getRecordComponents()).forEach(part -> reach(part.getGenericType(), reached));
        }
    }

    private static void collect(Object value, Set<Class<?>> found) {
        switch (value) {
            case Record record -> {
                found.add(record.getClass());
                parts(record).values().forEach(part -> collect(part, found));
            }
            case Map<?, ?> map ->
                map.forEach((key, held) -> {
                    collect(key, found);
                    collect(held, found);
                });
            case Collection<?> collection -> collection.forEach(element -> collect(element, found));
            case Optional<?> optional -> optional.ifPresent(held -> collect(held, found));
            default -> {}
        }
    }

    private static Map<String, Object> parts(Record record) {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (RecordComponent part : record.getClass().getRecordComponents()) {
            try {
                part.getAccessor().setAccessible(true);
                parts.put(part.getName(), part.getAccessor().invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return parts;
    }
}
