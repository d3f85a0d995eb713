package io.holdfast.core.protocol;

import io.holdfast.core.identity.Cursor;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Reconciliation as JSON; sums and digests are base64. Reading throws {@code JSON_MALFORMED} and nothing else. */
public final class ReconcileCodec {

    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getDecoder();

    private ReconcileCodec() {}

    /** Writes a request. */
    public static byte[] write(ReconcileRequest request) {
        return JsonOut.write(out -> {
            out.writeStartObject();
            HeaderJson.write(out, request.sender());
            out.writeName("cursor");
            HeaderJson.cursor(out, request.cursor());
            if (!request.nonce().isEmpty()) {
                out.writeStringProperty("nonce", request.nonce());
            }
            switch (request.question()) {
                case ReconcileRequest.Question.Nodes nodes -> {
                    out.writeName("nodes");
                    sums(out, nodes.sums());
                }
                case ReconcileRequest.Question.Leaves leaves -> {
                    out.writeName("leaves");
                    out.writeStartObject();
                    leaves.leaves().forEach((leaf, records) -> {
                        out.writeName(Integer.toString(leaf));
                        out.writeStartArray();
                        records.forEach((key, digest) -> entry(out, key, digest));
                        out.writeEndArray();
                    });
                    out.writeEndObject();
                }
            }
            out.writeEndObject();
        });
    }

    private static void entry(JsonGenerator out, RecordKey key, Digest digest) {
        out.writeStartObject();
        RecordJson.key(out, key);
        out.writeStringProperty("digest", ENCODER.encodeToString(digest.bytes()));
        out.writeEndObject();
    }

    private static void sums(JsonGenerator out, List<DigestSum> sums) {
        out.writeStartArray();
        sums.forEach(sum -> out.writeString(ENCODER.encodeToString(sum.bytes())));
        out.writeEndArray();
    }

    private static List<DigestSum> sums(JsonIn in) {
        List<DigestSum> sums = in.list(() -> DigestSum.of(bytes(in, DigestSum.BYTES)));
        if (sums.size() != Buckets.FAN_OUT) {
            throw in.malformed(Buckets.FAN_OUT + " sums are expected");
        }
        return sums;
    }

    private static byte[] bytes(JsonIn in, int length) {
        byte[] bytes = DECODER.decode(in.text());
        if (bytes.length != length) {
            throw in.malformed(length + " bytes are expected");
        }
        return bytes;
    }

    private static int number(JsonIn in, String name, int limit) {
        int number = Integer.parseInt(name);
        if (number < 0 || number >= limit) {
            throw in.malformed(name + " is out of range");
        }
        return number;
    }

    /** Reads a request. */
    public static ReconcileRequest readReconcileRequest(byte[] bytes) {
        return JsonIn.read(bytes, in -> {
            HeaderJson header = new HeaderJson();
            Cursor[] cursor = {Cursor.START};
            String[] nonce = {""};
            List<ReconcileRequest.Question> questions = new java.util.ArrayList<>();
            in.object(name -> {
                switch (name) {
                    case "cursor" -> cursor[0] = HeaderJson.cursor(in);
                    case "nonce" -> nonce[0] = in.text();
                    case "nodes" -> questions.add(new ReconcileRequest.Question.Nodes(sums(in)));
                    case "leaves" -> questions.add(new ReconcileRequest.Question.Leaves(leaves(in)));
                    default -> {
                        return header.read(in, name);
                    }
                }
                return true;
            });
            if (questions.size() != 1) {
                throw in.malformed("exactly one of nodes and leaves is expected");
            }
            return new ReconcileRequest(header.sender(in), cursor[0], nonce[0], questions.getFirst());
        });
    }

    private static SortedMap<Integer, Map<RecordKey, Digest>> leaves(JsonIn in) {
        SortedMap<Integer, Map<RecordKey, Digest>> leaves = new TreeMap<>();
        in.object(leaf -> {
            Map<RecordKey, Digest> records = new HashMap<>();
            in.list(() -> entry(in, records));
            leaves.put(number(in, leaf, Buckets.COUNT), records);
            return true;
        });
        return leaves;
    }

    private static boolean entry(JsonIn in, Map<RecordKey, Digest> records) {
        String[] key = {"", ""};
        Digest[] digest = {Digest.NONE};
        in.object(name -> {
            switch (name) {
                case "collection" -> key[0] = in.text();
                case "id" -> key[1] = in.text();
                case "digest" -> digest[0] = Digest.of(bytes(in, Digest.LENGTH));
                default -> {
                    return false;
                }
            }
            return true;
        });
        records.put(new RecordKey(key[0], key[1]), digest[0]);
        return true;
    }

    /** Writes an answer. */
    public static byte[] write(ReconcileAnswer answer) {
        return JsonOut.write(out -> {
            out.writeStartObject();
            out.writeNumberProperty("request", answer.request());
            out.writeNumberProperty("serverMillis", answer.serverMillis());
            AppliedJson.changes(out, answer.changes());
            out.writeName("cursor");
            HeaderJson.cursor(out, answer.cursor());
            switch (answer.reply()) {
                case ReconcileAnswer.Reply.Behind ignored -> out.writeBooleanProperty("behind", true);
                case ReconcileAnswer.Reply.Nodes nodes -> {
                    out.writeNumberProperty("records", nodes.records());
                    out.writeName("nodes");
                    out.writeStartObject();
                    nodes.leaves().forEach((node, sums) -> {
                        out.writeName(Integer.toString(node));
                        sums(out, sums);
                    });
                    out.writeEndObject();
                }
                case ReconcileAnswer.Reply.Leaves leaves -> {
                    out.writeName("rows");
                    out.writeStartArray();
                    leaves.records().forEach(record -> RecordJson.write(out, record));
                    out.writeEndArray();
                    out.writeName("unknown");
                    out.writeStartArray();
                    leaves.unknown().forEach(key -> {
                        out.writeStartObject();
                        RecordJson.key(out, key);
                        out.writeEndObject();
                    });
                    out.writeEndArray();
                }
            }
            out.writeEndObject();
        });
    }

    /** Reads an answer. */
    public static ReconcileAnswer readReconcileAnswer(byte[] bytes) {
        return JsonIn.read(bytes, in -> {
            AppliedJson shared = new AppliedJson(in);
            SortedMap<Integer, List<DigestSum>> nodes = new TreeMap<>();
            List<RemoteRecord> rows = new java.util.ArrayList<>();
            List<RecordKey> unknown = new java.util.ArrayList<>();
            String[] kind = {""};
            in.object(name -> {
                switch (name) {
                    case "behind" -> kind[0] = in.flag() ? name : "";
                    case "nodes" -> {
                        kind[0] = name;
                        in.object(node -> {
                            nodes.put(number(in, node, Buckets.FAN_OUT), sums(in));
                            return true;
                        });
                    }
                    case "rows" -> {
                        kind[0] = name;
                        rows.addAll(in.list(() -> RecordJson.readRecord(in)));
                    }
                    case "unknown" -> unknown.addAll(in.list(() -> RecordJson.readKey(in)));
                    default -> {
                        return shared.read(name);
                    }
                }
                return true;
            });
            ReconcileAnswer.Reply reply = switch (kind[0]) {
                case "behind" -> new ReconcileAnswer.Reply.Behind();
                case "nodes" ->
                    new ReconcileAnswer.Reply.Nodes(nodes, shared.answer().records());
                case "rows" -> new ReconcileAnswer.Reply.Leaves(rows, unknown);
                default -> throw in.malformed("the answer has no reply");
            };
            return new ReconcileAnswer(
                    shared.request(), shared.serverMillis(), shared.changes(), shared.cursor(), reply);
        });
    }
}
