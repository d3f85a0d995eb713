package io.holdfast.server.http.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.server.auth.TokenText;
import io.holdfast.server.config.ConfigReader;
import io.holdfast.server.config.RulesJson;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.http.Query;
import io.holdfast.server.http.body.AcceptEncoding;
import io.holdfast.server.http.body.BodyMemory;
import io.holdfast.server.http.body.BodyReader;
import io.holdfast.server.http.body.Encoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Everything beside messages that the server reads from others, and what must hold whatever they send. */
enum Untrusted {
    /** Filters of records. */
    FILTER(ErrorCode.QUERY_INVALID) {
        @Override
        void read(byte[] input) {
            Condition condition = Condition.parse(ENTRIES, text(input));
            assertThat(condition.matches(RecordState.ABSENT)).isIn(true, false);
        }
    },
    /** Where a page begins. */
    PAGE(ErrorCode.REQUEST_INVALID) {
        @Override
        void read(byte[] input) {
            String key = Continuation.key(text(input));
            assertThat(key.isEmpty()
                            || Continuation.after(key).equals(text(input))
                            || text(input).isEmpty())
                    .isTrue();
        }
    },
    /** Parameters of an address. */
    QUERY(ErrorCode.REQUEST_INVALID) {
        @Override
        void read(byte[] input) {
            Query query = Query.parse(text(input));
            query.all("where").forEach(value -> assertThat(value).doesNotContain("\0"));
            assertThat(query.number("limit", 1, 9, 1)).isBetween(1, 9);
        }
    },
    /** Tokens and what else stands in headers. */
    HEADER {
        @Override
        void read(byte[] input) {
            assertThat(TokenText.parse(text(input))).isNotNull();
            assertThat(AcceptEncoding.choose(text(input))).isNotNull();
            assertThat(Encoding.of(text(input))).isNotNull();
        }
    },
    /** Rules on who may write what. */
    RULES(ErrorCode.USAGE) {
        @Override
        void read(byte[] input) {
            assertThat(RulesJson.read(input, List.of(SCHEMA))).isNotNull();
        }
    },
    /** The server's configuration. */
    CONFIG(ErrorCode.USAGE) {
        @Override
        void read(byte[] input) {
            try {
                Path file = Files.createTempFile("config", ".json");
                try {
                    Files.write(file, input);
                    assertThat(ConfigReader.readFile(file, ServerConfig.defaults()))
                            .isNotNull();
                } finally {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    /** Bodies in gzip. */
    GZIP(ErrorCode.ENCODING_INVALID, ErrorCode.BODY_TOO_LARGE) {
        @Override
        void read(byte[] input) {
            body(input, Encoding.GZIP);
        }
    },
    /** Bodies in zstd. */
    ZSTD(ErrorCode.ENCODING_INVALID, ErrorCode.BODY_TOO_LARGE) {
        @Override
        void read(byte[] input) {
            body(input, Encoding.ZSTD);
        }
    };

    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "journal", "version": 1, "collections": {"entries": {"fields": {
              "account": {"type": "TEXT"}, "at": {"type": "INSTANT"}, "potency": {"type": "INTEGER", "max": 10},
              "amount": {"type": "DECIMAL(18,8)"}, "weight": {"type": "REAL"}, "done": {"type": "BOOLEAN"},
              "span": {"type": "DURATION"}, "raw": {"type": "BYTES"}, "more": {"type": "JSON"},
              "views": {"type": "INTEGER", "merge": "COUNTER"}, "tags": {"type": "TEXT", "merge": "UNION"}}}}}""");

    private static final CollectionSchema ENTRIES = SCHEMA.collectionOrUnknown("entries");

    private final Set<ErrorCode> refusals;

    Untrusted(ErrorCode... refusals) {
        this.refusals = EnumSet.noneOf(ErrorCode.class);
        this.refusals.addAll(List.of(refusals));
    }

    abstract void read(byte[] input);

    /**
     * Checks that it is read, or refused with a code that is meant for that.
     *
     * @throws AssertionError if not
     */
    void check(byte[] input) {
        try {
            read(input);
        } catch (HoldfastException refused) {
            assertThat(refused.code()).as(refused.toString()).isIn(refusals);
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    /** As a servlet hands on what was sent. */
    private static String text(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1);
    }

    private static void body(byte[] input, Encoding encoding) {
        BodyMemory memory = new BodyMemory(4L * Limits.BODY_BYTES_MAX);
        try (BodyMemory.Lease lease = memory.lease()) {
            assertThat(BodyReader.read(new ByteArrayInputStream(input), -1, encoding, lease))
                    .hasSizeLessThanOrEqualTo(Limits.BODY_BYTES_MAX);
        } finally {
            assertThat(memory.taken()).isZero();
        }
    }
}
