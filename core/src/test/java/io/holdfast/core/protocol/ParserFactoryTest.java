package io.holdfast.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;

class ParserFactoryTest {

    @Test
    void beginsItsTableAnewOnceItHoldsManyNamesAndReadsOn() {
        JsonFactory before = ParserFactory.current();

        for (int i = 0; i < 1_200; i++) {
            assertThat(namesOf("{\"often\":1,\"once" + i + "\":2}")).containsExactly("often", "once" + i);
        }

        assertThat(ParserFactory.current()).isNotSameAs(before);
    }

    @Test
    void keepsItsTableForNamesThatComeAgain() {
        namesOf("{\"often\":1}");
        JsonFactory before = ParserFactory.current();

        for (int i = 0; i < 1_200; i++) {
            namesOf("{\"often\":1}");
        }

        assertThat(ParserFactory.current()).isSameAs(before);
    }

    private static List<String> namesOf(String json) {
        List<String> names = new ArrayList<>();
        return JsonIn.read(json.getBytes(StandardCharsets.UTF_8), in -> {
            in.object(name -> {
                names.add(name);
                in.number();
                return true;
            });
            return names;
        });
    }
}
