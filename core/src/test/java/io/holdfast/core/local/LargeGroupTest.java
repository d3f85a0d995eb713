package io.holdfast.core.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A group is read as often as there are groups, not as often as there are members: the largest would keep writers waiting. */
class LargeGroupTest {

    private static final int MEMBERS = 40;

    private final Gardener ada = new Gardener(new Plot(), "ada", 1);
    private int groupsRead;

    private void twoGroups() {
        for (int group = 0; group < 2; group++) {
            int first = group * MEMBERS;
            ada.write(writer -> IntStream.range(first, first + MEMBERS)
                    .forEach(plant -> writer.put(Plot.plant(plant), Plot.named("rose"), LocalWriter.Check.NONE)));
        }
    }

    private LocalTransaction counting(LocalTransaction transaction) {
        return (LocalTransaction) Proxy.newProxyInstance(
                LocalTransaction.class.getClassLoader(),
                new Class<?>[] {LocalTransaction.class},
                (proxy, method, arguments) -> {
                    groupsRead += method.getName().equals("pendingGroup") ? 1 : 0;
                    try {
                        return method.invoke(transaction, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private void freeze(LocalTransaction transaction) {
        new Freezer(Plot.ALL, transaction).freeze(2 * MEMBERS, ada.now());
    }

    @Test
    void freezingReadsEachGroupOnce() {
        twoGroups();
        ada.change(transaction -> freeze(counting(transaction)));
        assertThat(ada.account().in(ChangeState.IN_FLIGHT)).isEqualTo(2 * MEMBERS);
        assertThat(groupsRead).isEqualTo(2);
    }

    @Test
    void quarantiningReadsEachGroupOnce() {
        twoGroups();
        ada.change(this::freeze);
        ada.change(transaction -> new Absorption(Plot.ALL, counting(transaction), ada.now())
                .quarantineBatch(new Refusal(ErrorCode.INTERNAL, "", "The server fails.", ada.now())));
        assertThat(ada.account().in(ChangeState.QUARANTINED)).isEqualTo(2 * MEMBERS);
        assertThat(groupsRead).isEqualTo(2);
    }
}
