package io.holdfast.simulation.check;

import io.holdfast.core.change.Change;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of one local transaction are refused together or not at all.
 *
 * <p>Does not verify that a transaction travels in one batch, which shows in that a batch never holds half a group of the
 * device ({@link Conservation} would then count a group's rest), nor what readers see between two pages of one answer, where
 * nothing is promised.
 */
public final class Groups implements Checker {

    @Override
    public void exchanged(ExchangeRequest request, ExchangeAnswer answer) {
        if (request.batch().isEmpty() || !(answer instanceof ExchangeAnswer.Applied applied)) {
            return;
        }
        List<Change> changes = request.batch().get().changes();
        Map<Long, Boolean> refused = new HashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            long group = changes.get(i).group();
            boolean isRefused = applied.results().get(i) instanceof ChangeResult.Refused;
            Boolean before = group == 0 ? null : refused.putIfAbsent(group, isRefused);
            if (before != null && before != isRefused) {
                throw violation("a part of the transaction of " + changes.get(i).key() + " was refused");
            }
        }
    }
}
