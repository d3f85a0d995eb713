package io.holdfast.core.protocol;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Registration and exchange as JSON. Reading throws {@code JSON_MALFORMED} and nothing else. */
public final class ExchangeCodec {

    private ExchangeCodec() {}

    /** Writes a request. */
    public static byte[] write(RegisterRequest request) {
        return JsonOut.write(out -> {
            out.writeStartObject();
            HeaderJson.write(out, request.sender());
            out.writeEndObject();
        });
    }

    /** Reads a request. */
    public static RegisterRequest readRegisterRequest(byte[] bytes) {
        return JsonIn.read(bytes, in -> {
            HeaderJson header = new HeaderJson();
            in.object(name -> header.read(in, name));
            return new RegisterRequest(header.sender(in));
        });
    }

    /** Writes an answer. It holds the scope's key: it goes to the registered device only. */
    public static byte[] write(RegisterAnswer answer) {
        return JsonOut.write(out -> {
            out.writeStartObject();
            out.writeNumberProperty("request", answer.request());
            out.writeStringProperty("key", answer.key().reveal());
            out.writeNumberProperty("serverMillis", answer.serverMillis());
            out.writeEndObject();
        });
    }

    /** Reads an answer. */
    public static RegisterAnswer readRegisterAnswer(byte[] bytes) {
        return JsonIn.read(bytes, in -> {
            long[] numbers = {0, 0};
            String[] key = {""};
            in.object(name -> {
                switch (name) {
                    case "request" -> numbers[0] = in.number();
                    case "serverMillis" -> numbers[1] = in.number();
                    case "key" -> key[0] = in.text();
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return new RegisterAnswer(numbers[0], ScopeKey.parse(key[0]), numbers[1]);
        });
    }

    /** Writes a request; the batch's bytes go in as they are. */
    public static byte[] write(ExchangeRequest request) {
        return JsonOut.write(out -> {
            out.writeStartObject();
            HeaderJson.write(out, request.sender());
            out.writeName("cursor");
            HeaderJson.cursor(out, request.cursor());
            if (!request.earlier().isEmpty()) {
                out.writeName("earlier");
                out.writeStartArray();
                request.earlier().forEach(cursor -> HeaderJson.cursor(out, cursor));
                out.writeEndArray();
            }
            out.writeName("settled");
            HeaderJson.mark(out, request.settled());
            out.writeNumberProperty("pageMax", request.pageMax());
            request.batch().ifPresent(batch -> {
                out.writeName("batch");
                out.writeStartObject();
                out.writeName("mark");
                HeaderJson.mark(out, batch.mark());
                out.writeName("previous");
                HeaderJson.mark(out, batch.previous());
                JsonOut.raw(out, "changes", batch.bytes());
                out.writeEndObject();
            });
            out.writeEndObject();
        });
    }

    /** Reads a request, and takes the batch's bytes out of it as they are. */
    public static ExchangeRequest readExchangeRequest(byte[] bytes) {
        return JsonIn.read(bytes, in -> {
            ExchangeFields fields = new ExchangeFields(in, bytes);
            in.object(fields::read);
            return fields.request();
        });
    }

    private static final class ExchangeFields {
        private final JsonIn in;
        private final byte[] bytes;
        private final HeaderJson header = new HeaderJson();
        private Cursor cursor = Cursor.START;
        private List<Cursor> earlier = List.of();
        private BatchMark settled = BatchMark.NONE;
        private Optional<Batch> batch = Optional.empty();
        private int pageMax;

        ExchangeFields(JsonIn in, byte[] bytes) {
            this.in = in;
            this.bytes = bytes;
        }

        boolean read(String name) {
            switch (name) {
                case "cursor" -> cursor = HeaderJson.cursor(in);
                case "earlier" -> earlier = in.list(() -> HeaderJson.cursor(in));
                case "settled" -> settled = HeaderJson.mark(in);
                case "pageMax" -> pageMax = in.small();
                case "batch" -> batch = Optional.of(batch());
                default -> {
                    return header.read(in, name);
                }
            }
            return true;
        }

        private Batch batch() {
            BatchMark[] marks = {BatchMark.NONE, BatchMark.NONE};
            int[] range = {0, 0};
            List<List<Change>> changes = new java.util.ArrayList<>();
            in.object(name -> {
                switch (name) {
                    case "mark" -> marks[0] = HeaderJson.mark(in);
                    case "previous" -> marks[1] = HeaderJson.mark(in);
                    case "changes" -> {
                        range[0] = in.offset();
                        changes.add(in.list(() -> RecordJson.readChange(in)));
                        range[1] = in.offset() + 1;
                    }
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            if (changes.size() != 1) {
                throw in.malformed("a batch has one list of changes");
            }
            return new Batch(marks[0], marks[1], Arrays.copyOfRange(bytes, range[0], range[1]), changes.getFirst());
        }

        ExchangeRequest request() {
            return new ExchangeRequest(header.sender(in), cursor, earlier, settled, batch, pageMax);
        }
    }

    /** Writes the results of a batch by themselves, as the server keeps them for a repeated request. */
    public static String writeResults(List<ChangeResult> results) {
        return new String(
                JsonOut.write(out -> {
                    out.writeStartArray();
                    results.forEach(result -> ResultJson.write(out, result));
                    out.writeEndArray();
                }),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Reads results that were kept. */
    public static List<ChangeResult> readResults(String json) {
        return JsonIn.read(
                json.getBytes(java.nio.charset.StandardCharsets.UTF_8), in -> in.list(() -> ResultJson.read(in)));
    }

    /** Writes an answer. */
    public static byte[] write(ExchangeAnswer answer) {
        return JsonOut.write(out -> {
            out.writeStartObject();
            out.writeNumberProperty("request", answer.request());
            out.writeNumberProperty("serverMillis", answer.serverMillis());
            switch (answer) {
                case ExchangeAnswer.Forked ignored -> out.writeStringProperty("outcome", "FORKED");
                case ExchangeAnswer.Unregistered ignored -> out.writeStringProperty("outcome", "UNREGISTERED");
                case ExchangeAnswer.EpochChanged changed -> {
                    out.writeStringProperty("outcome", "EPOCH_CHANGED");
                    out.writeName("forkedAt");
                    HeaderJson.cursor(out, changed.forkedAt());
                }
                case ExchangeAnswer.Applied applied -> AppliedJson.write(out, applied);
            }
            out.writeEndObject();
        });
    }

    /** Reads an answer. */
    public static ExchangeAnswer readExchangeAnswer(byte[] bytes) {
        return JsonIn.read(bytes, in -> {
            AppliedJson applied = new AppliedJson(in);
            String[] outcome = {""};
            Cursor[] forkedAt = {Cursor.START};
            in.object(name -> {
                switch (name) {
                    case "outcome" -> outcome[0] = in.text();
                    case "forkedAt" -> forkedAt[0] = HeaderJson.cursor(in);
                    default -> {
                        return applied.read(name);
                    }
                }
                return true;
            });
            return switch (outcome[0]) {
                case "APPLIED" -> applied.answer();
                case "FORKED" -> new ExchangeAnswer.Forked(applied.request(), applied.serverMillis());
                case "UNREGISTERED" -> new ExchangeAnswer.Unregistered(applied.request(), applied.serverMillis());
                case "EPOCH_CHANGED" ->
                    new ExchangeAnswer.EpochChanged(applied.request(), applied.serverMillis(), forkedAt[0]);
                default ->
                    throw new HoldfastException(
                            ErrorCode.JSON_MALFORMED, "The answer has the unknown outcome " + outcome[0] + ".");
            };
        });
    }
}
