package io.holdfast.sources.yaml;

import io.holdfast.core.schema.Violation;
import java.util.List;

/** A piece of a YAML or JSON text, and where it stands. Immutable. */
public sealed interface YamlTree {

    /** From 1. */
    int line();

    /** What it is called in a sentence for people. */
    String kind();

    /**
     * A text, a number, true, false or nothing.
     *
     * @param quoted whether it stands in quotes, so that it is a text whatever it says
     */
    record Scalar(int line, String text, boolean quoted) implements YamlTree {
        @Override
        public String kind() {
            return isNothing() ? "nothing" : "'" + Violation.shortened(text) + "'";
        }

        /** Whether it says that nothing is there. */
        public boolean isNothing() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    /** A sequence. */
    record Items(int line, List<YamlTree> items) implements YamlTree {
        /** Copies. */
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A mapping; no key stands in it twice. */
    record Members(int line, List<Member> members) implements YamlTree {
        /** Copies. */
        public Members {
            members = List.copyOf(members);
        }

        @Override
        public String kind() {
            return "a group of keys";
        }
    }

    /** One key and its value. */
    record Member(int line, String key, YamlTree value) {}
}
