package io.holdfast.core.protocol.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.Protocol;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.protocol.ValueText;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.value.CanonicalValue;
import io.holdfast.core.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Computes anew every number that {@code docs/protocol.md} promises. */
class ProtocolVectorsTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final String START = "```json vectors\n";
    private static final Principal ALICE = new Principal("alice", Role.DEVICE);

    private static Fields vectors = new Fields(JsonText.read("{}"));
    private static ScopeKey key = new ScopeKey(new byte[ScopeKey.LENGTH]);

    @BeforeAll
    static void read() throws IOException {
        String document = Files.readString(repository().resolve("docs/protocol.md"));
        int start = document.indexOf(START) + START.length();
        vectors = new Fields(JsonText.read(document.substring(start, document.indexOf("```", start))));
        key = ScopeKey.parse(vectors.text("key"));
    }

    /** Tests run in the folder of their module, or in one above it. */
    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/protocol.md"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("no folder above this one holds docs/protocol.md");
            }
            folder = parent;
        }
        return folder;
    }

    @Test
    void valuesHaveTheCanonicalBytes() {
        assertThat(vectors.objects("values")).hasSize(14).allSatisfy(vector -> {
            Value value = ValueText.parse(vector.json("wire"));
            assertThat(HEX.formatHex(CanonicalValue.bytes(value))).isEqualTo(vector.text("canonical"));
            assertThat(JsonText.read(ValueText.json(value))).isEqualTo(vector.tree("wire"));
        });
    }

    @Test
    void aRecordHasTheDigestAndTheBucket() throws GeneralSecurityException {
        assertThat(vectors.objects("records")).hasSize(2).allSatisfy(vector -> {
            RemoteRecord record = record(vector.json("wire"));
            Digester digester = new Digester(key);
            assertThat(digester.digest(record.key(), record.state()))
                    .hasToString(vector.text("digest"))
                    .hasToString(HEX.formatHex(hmac(key.bytes(), vector.bytes("digestInput"))));
            assertThat(digester.bucket(record.key()))
                    .isEqualTo((int) vector.number("bucket"))
                    .isEqualTo(firstTwelveBits(hmac(key.bytes(), vector.bytes("bucketInput"))));
        });
    }

    @Test
    void digestsAddUpToTheSum() {
        DigestSum sum = DigestSum.ZERO;
        for (Fields record : vectors.objects("records")) {
            sum = sum.plus(Digest.of(record.bytes("digest")));
        }
        assertThat(HEX.formatHex(sum.bytes())).isEqualTo(vectors.text("sum"));
    }

    @Test
    void theSumHasTheFingerprint() throws GeneralSecurityException {
        Fields vector = vectors.object("fingerprint");
        String fingerprint = new Digester(key)
                .fingerprint(
                        vector.text("scope"),
                        vector.text("epoch"),
                        vector.number("sequence"),
                        DigestSum.of(vectors.bytes("sum")));
        assertThat(fingerprint)
                .isEqualTo(vector.text("fingerprint"))
                .isEqualTo(HEX.formatHex(hmac(key.bytes(), vector.bytes("input")), 0, 16));
    }

    @Test
    void aChallengeHasTheDigest() throws GeneralSecurityException {
        Fields vector = vectors.object("challenge");
        RemoteRecord record = record(vectors.objects("records").getFirst().json("wire"));
        Digest digest = new Digester(key).challenge(vector.bytes("nonce")).digest(record.key(), record.state());
        assertThat(digest).hasToString(vector.text("digest"));
        assertThat(HEX.formatHex(hmac(key.bytes(), vector.bytes("keyInput")))).isEqualTo(vector.text("key"));
    }

    @Test
    void batchesHaveTheMarks() {
        BatchMark previous = BatchMark.NONE;
        for (Fields vector : vectors.objects("batches")) {
            previous = BatchCodec.mark(previous, vector.text("bytes").getBytes(StandardCharsets.UTF_8));
            assertThat(previous).isEqualTo(new BatchMark(vector.number("number"), vector.text("hash")));
        }
        assertThat(previous.number()).isEqualTo(3);
    }

    /** Batches and chain are those of a conversation with a real server. */
    @Test
    void appendsHaveTheChainLinks() throws IOException {
        Schema schema = SchemaJson.read(Files.readAllBytes(TranscriptFile.FOLDER.resolve("schema.json")));
        assertThat(SchemaHash.of(schema)).isEqualTo(vectors.text("schemaHash"));
        Sender sender = new Sender(
                Protocol.VERSION, 1, "alice", "phone", 1, new SchemaRef("journal", 1, vectors.text("schemaHash")));
        ScriptedServer server = new ScriptedServer(schema);
        server.answer("/v1/replicas", ALICE, 0, text(ExchangeCodec.write(new RegisterRequest(sender))));
        BatchMark previous = BatchMark.NONE;
        Cursor cursor = Cursor.START;
        for (Fields vector : vectors.objects("batches")) {
            byte[] bytes = vector.text("bytes").getBytes(StandardCharsets.UTF_8);
            BatchMark mark = BatchCodec.mark(previous, bytes);
            Batch batch = new Batch(mark, previous, bytes, List.of());
            ExchangeRequest request =
                    new ExchangeRequest(sender, cursor, List.of(), previous, Optional.of(batch), 4_000);
            String answer = server.answer(
                    "/v1/exchange", ALICE, vectors.number("nowMillis"), text(ExchangeCodec.write(request)));
            cursor = ((ExchangeAnswer.Applied)
                            ExchangeCodec.readExchangeAnswer(answer.getBytes(StandardCharsets.UTF_8)))
                    .cursor();
            assertThat(cursor.sequence()).isEqualTo(vector.number("sequence"));
            assertThat(cursor.chain()).isEqualTo(vector.text("chain"));
            previous = mark;
        }
    }

    /** Records are read as a part of an answer. */
    private static RemoteRecord record(String wire) {
        String answer = "{\"outcome\":\"APPLIED\",\"changes\":[" + wire + "]}";
        return ((ExchangeAnswer.Applied) ExchangeCodec.readExchangeAnswer(answer.getBytes(StandardCharsets.UTF_8)))
                .changes()
                .getFirst();
    }

    private static byte[] hmac(byte[] secret, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(input);
    }

    private static int firstTwelveBits(byte[] hash) {
        return (hash[0] & 0xff) * 16 + (hash[1] & 0xff) / 16;
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
