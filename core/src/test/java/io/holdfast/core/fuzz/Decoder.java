package io.holdfast.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.document.Document;
import io.holdfast.core.document.DocumentOutcome;
import io.holdfast.core.document.DocumentReader;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.record.StateCodec;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SchemaRules;
import io.holdfast.core.value.CanonicalValue;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** Every decoder of core, and what must hold of it whatever it is given. */
enum Decoder {
    /** Requests to register. */
    REGISTER_REQUEST {
        @Override
        void check(byte[] input) {
            message(input, ExchangeCodec::readRegisterRequest, ExchangeCodec::write);
        }
    },
    /** Answers to them. */
    REGISTER_ANSWER {
        @Override
        void check(byte[] input) {
            message(input, ExchangeCodec::readRegisterAnswer, ExchangeCodec::write);
        }
    },
    /** Requests to exchange. */
    EXCHANGE_REQUEST {
        @Override
        void check(byte[] input) {
            message(input, ExchangeCodec::readExchangeRequest, ExchangeCodec::write);
        }
    },
    /** Answers to them. */
    EXCHANGE_ANSWER {
        @Override
        void check(byte[] input) {
            message(input, ExchangeCodec::readExchangeAnswer, ExchangeCodec::write);
        }
    },
    /** Requests to compare. */
    RECONCILE_REQUEST {
        @Override
        void check(byte[] input) {
            message(input, ReconcileCodec::readReconcileRequest, ReconcileCodec::write);
        }
    },
    /** Answers to them. */
    RECONCILE_ANSWER {
        @Override
        void check(byte[] input) {
            message(input, ReconcileCodec::readReconcileAnswer, ReconcileCodec::write);
        }
    },
    /** Changes of a batch. */
    BATCH {
        @Override
        void check(byte[] input) {
            message(input, BatchCodec::decode, BatchCodec::encode);
        }
    },
    /** Results that a server keeps. */
    RESULTS {
        @Override
        void check(byte[] input) {
            message(
                    input,
                    bytes -> ExchangeCodec.readResults(new String(bytes, StandardCharsets.UTF_8)),
                    results -> ExchangeCodec.writeResults(results).getBytes(StandardCharsets.UTF_8));
        }
    },
    /** Stored values. */
    VALUE {
        @Override
        void check(byte[] input) {
            Value value;
            try {
                value = ValueCodec.of(input);
            } catch (IllegalArgumentException refused) {
                return;
            }
            byte[] canonical = CanonicalValue.bytes(value);
            assertThat(ValueCodec.of(canonical)).isEqualTo(value);
            assertThat(CanonicalValue.bytes(ValueCodec.of(canonical))).isEqualTo(canonical);
        }
    },
    /** Stored states of records. */
    STATE {
        @Override
        void check(byte[] input) {
            RecordState state;
            try {
                state = StateCodec.decode(input);
            } catch (IllegalArgumentException refused) {
                return;
            }
            assertThat(StateCodec.decode(StateCodec.encode(state))).isEqualTo(state);
        }
    },
    /** JSON and its canonical form. */
    CANONICAL_JSON {
        @Override
        void check(byte[] input) {
            String canonical;
            try {
                canonical = CanonicalJson.of(input);
            } catch (HoldfastException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.JSON_MALFORMED);
                return;
            }
            assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
        }
    },
    /** Records as people write them. */
    DOCUMENT {
        @Override
        void check(byte[] input) {
            switch (READER.read(input)) {
                case DocumentOutcome.Refused refused ->
                    assertThat(refused.violations())
                            .isNotEmpty()
                            .allSatisfy(violation ->
                                    assertThat(violation.sentence()).isNotBlank());
                case Document document -> assertThat(document.edits().keySet()).allMatch(FIELDS::containsKey);
            }
        }
    },
    /** Schemas. */
    SCHEMA {
        @Override
        void check(byte[] input) {
            Schema schema;
            try {
                schema = SchemaRules.requireSound(SchemaJson.read(input));
            } catch (HoldfastException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.SCHEMA_INVALID);
                return;
            }
            assertThat(SchemaJson.read(SchemaJson.write(schema))).isEqualTo(schema);
        }
    };

    private static final CollectionSchema COLLECTION = SchemaJson.read("""
            {"name": "s", "version": 1, "collections": {"c": {"fields": {
              "text": {"type": "TEXT", "maxLength": 100}, "int": {"type": "INTEGER"}, "real": {"type": "REAL"},
              "decimal": {"type": "DECIMAL(38,8)"}, "flag": {"type": "BOOLEAN"}, "at": {"type": "INSTANT"},
              "span": {"type": "DURATION"}, "bytes": {"type": "BYTES"}, "json": {"type": "JSON"},
              "views": {"type": "INTEGER", "merge": "COUNTER"}, "tags": {"type": "TEXT", "merge": "UNION"}}}}}""").collectionOrUnknown("c");
    private static final Map<String, Field> FIELDS = COLLECTION.fields();
    private static final DocumentReader READER = new DocumentReader(COLLECTION);

    /**
     * Checks what must hold.
     *
     * @throws AssertionError if it does not
     */
    abstract void check(byte[] input);

    /** What was read can be written and read again, and is written the same then. */
    private static <T> void message(byte[] input, Function<byte[], T> read, Function<T, byte[]> write) {
        T message;
        try {
            message = read.apply(input);
        } catch (HoldfastException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.JSON_MALFORMED);
            return;
        }
        byte[] written = write.apply(message);
        assertThat(write.apply(read.apply(written))).isEqualTo(written);
    }
}
