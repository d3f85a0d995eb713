package io.holdfast.core.protocol;

import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Senders, cursors and marks on the wire. */
final class HeaderJson {

    private static final Set<String> REQUIRED =
            Set.of("protocol", "request", "scope", "replica", "incarnation", "schema");

    private static final int INCARNATION_DIGITS = 16;

    private final Set<String> given = new HashSet<>();
    private int protocol;
    private long request;
    private String scope = "";
    private String replica = "";
    private long incarnation;
    private SchemaRef schema = new SchemaRef("", 0, "");

    static void write(JsonGenerator out, Sender sender) {
        out.writeNumberProperty("protocol", sender.protocol());
        out.writeNumberProperty("request", sender.request());
        out.writeStringProperty("scope", sender.scope());
        out.writeStringProperty("replica", sender.replica());
        out.writeStringProperty("incarnation", HexFormat.of().toHexDigits(sender.incarnation()));
        out.writeName("schema");
        out.writeStartObject();
        out.writeStringProperty("name", sender.schema().name());
        out.writeNumberProperty("version", sender.schema().version());
        out.writeStringProperty("hash", sender.schema().hash());
        out.writeEndObject();
    }

    /** Takes a property if it is one of a sender's. */
    boolean read(JsonIn in, String name) {
        switch (name) {
            case "protocol" -> protocol = in.small();
            case "request" -> request = in.number();
            case "scope" -> scope = in.text();
            case "replica" -> replica = in.text();
            case "incarnation" -> incarnation = incarnation(in);
            case "schema" -> schema = schema(in);
            default -> {
                return false;
            }
        }
        given.add(name);
        return true;
    }

    private static long incarnation(JsonIn in) {
        String digits = in.text();
        if (digits.length() != INCARNATION_DIGITS) {
            throw in.malformed("an incarnation has " + INCARNATION_DIGITS + " digits");
        }
        return HexFormat.fromHexDigitsToLong(digits);
    }

    Sender sender(JsonIn in) {
        if (!given.containsAll(REQUIRED)) {
            throw in.malformed(
                    "the message does not name all of protocol, request, scope, replica, incarnation and schema");
        }
        if (scope.isEmpty() || replica.isEmpty()) {
            throw in.malformed("the message names no scope or replica");
        }
        return new Sender(protocol, request, scope, replica, incarnation, schema);
    }

    private static SchemaRef schema(JsonIn in) {
        String[] texts = {"", ""};
        List<Integer> version = new ArrayList<>();
        in.object(name -> {
            switch (name) {
                case "name" -> texts[0] = in.text();
                case "hash" -> texts[1] = in.text();
                case "version" -> version.add(in.small());
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (version.isEmpty()) {
            throw in.malformed("a schema has a version");
        }
        return new SchemaRef(texts[0], version.getLast(), texts[1]);
    }

    static void cursor(JsonGenerator out, Cursor cursor) {
        out.writeStartObject();
        out.writeStringProperty("epoch", cursor.epoch());
        out.writeNumberProperty("sequence", cursor.sequence());
        out.writeStringProperty("chain", cursor.chain());
        out.writeEndObject();
    }

    static Cursor cursor(JsonIn in) {
        String[] texts = {"", ""};
        long[] sequence = {0};
        in.object(name -> {
            switch (name) {
                case "epoch" -> texts[0] = in.text();
                case "chain" -> texts[1] = in.text();
                case "sequence" -> sequence[0] = in.number();
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new Cursor(texts[0], sequence[0], texts[1]);
    }

    static void mark(JsonGenerator out, BatchMark mark) {
        out.writeStartObject();
        out.writeNumberProperty("number", mark.number());
        out.writeStringProperty("hash", mark.hash());
        out.writeEndObject();
    }

    static BatchMark mark(JsonIn in) {
        String[] hash = {""};
        long[] number = {0};
        in.object(name -> {
            switch (name) {
                case "hash" -> hash[0] = in.text();
                case "number" -> number[0] = in.number();
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new BatchMark(number[0], hash[0]);
    }
}
