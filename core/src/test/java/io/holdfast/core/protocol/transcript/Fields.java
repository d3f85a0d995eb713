package io.holdfast.core.protocol.transcript;

import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** A JSON object whose members are known to be there. */
record Fields(JsonTree tree) {

    boolean has(String name) {
        return ((JsonTree.Members) tree).members().containsKey(name);
    }

    JsonTree tree(String name) {
        return Objects.requireNonNull(((JsonTree.Members) tree).members().get(name), name);
    }

    Fields object(String name) {
        return new Fields(tree(name));
    }

    List<Fields> objects(String name) {
        return ((JsonTree.Elements) tree(name))
                .elements().stream().map(Fields::new).toList();
    }

    String text(String name) {
        return ((JsonTree.Text) tree(name)).text();
    }

    long number(String name) {
        return Long.parseLong(((JsonTree.Numeral) tree(name)).literal());
    }

    byte[] bytes(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    /** The member as compact JSON. */
    String json(String name) {
        return CanonicalJson.of(tree(name));
    }
}
