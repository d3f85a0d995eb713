package io.holdfast.core.protocol;

import java.io.Serial;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Makes the parsers of messages. All share a table of the names of properties, so that a name which comes again is recognised and
 * not read again; a parser that meets a new name copies the table first. On the wire incarnations and the elements of unions are
 * names too, and most of these never come again: with them the table would soon hold thousands, to be copied for nearly
 * every message that counts. It is begun anew before that.
 */
final class ParserFactory extends JsonFactory {

    @Serial
    private static final long serialVersionUID = 1;

    /** More than the protocol and most schemas have. */
    private static final int NAMES_MAX = 500;

    private static volatile ParserFactory current = new ParserFactory();

    private ParserFactory() {
        super(JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxStringLength(8 << 20)
                        .maxNameLength(1024)
                        .maxNumberLength(64)
                        .build()));
    }

    /** The factory to use for the next message. */
    static JsonFactory current() {
        if (current._byteSymbolCanonicalizer.size() > NAMES_MAX) {
            current = new ParserFactory();
        }
        return current;
    }
}
