package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.server.http.problem.HttpRefusal;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class QueryTest {

    @Test
    void readsWhateverWasEncoded() {
        Property.of("an encoded parameter reads back")
                .tries(1_000)
                .forAll(Gens.texts(1, 20), Gens.texts(0, 20), (name, value) -> {
                    String raw = URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                            + URLEncoder.encode(value, StandardCharsets.UTF_8);
                    assertThat(Query.parse("a=b&" + raw + "&" + raw).all(name)).endsWith(value, value);
                });
    }

    @Test
    void neverFailsOtherwiseThanByARefusal() {
        Property.of("any text is a query or is refused").tries(1_000).forAll(Gens.ascii(0, 40), raw -> {
            try {
                assertThat(Query.parse(raw).all("x")).isNotNull();
            } catch (HttpRefusal refusal) {
                assertThat(refusal.status()).isEqualTo(400);
            }
        });
    }

    @Test
    void refusesTooManyParameters() {
        assertThat(Query.parse("a&".repeat(199)).all("a")).hasSize(199);
        assertThatThrownBy(() -> Query.parse("a&".repeat(201))).isInstanceOf(HttpRefusal.class);
    }
}
