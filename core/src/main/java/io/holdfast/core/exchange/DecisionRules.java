package io.holdfast.core.exchange;

import io.holdfast.core.change.Change;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.record.RecordKey;
import java.util.List;
import java.util.Optional;

/**
 * What an application decides about changes on the server, within the append that applies them: it may refuse a change by what
 * other records say, and it may write records that follow from one (a balance, an audit row), which then stand or fall with it.
 * Pure over what a {@link Situation} shows: it may be asked several times.
 *
 * <p>From an offer nothing follows: it brings back what this server, or the one before it, had decided already.
 */
public interface DecisionRules {

    /** Decides nothing. */
    DecisionRules NONE = new DecisionRules() {
        @Override
        public List<RecordKey> touches(String scope, Change change) {
            return List.of();
        }

        @Override
        public Optional<Refusal> refuses(Situation situation) {
            return Optional.empty();
        }

        @Override
        public List<ServerWrite> follow(Situation situation) {
            return List.of();
        }
    };

    /** Records beside the changed one that the decision about a change looks at or writes, if they may exist already. */
    List<RecordKey> touches(String scope, Change change);

    /** Refuses a change that schema and write rules allow, an offer too, before anything of its group is applied. */
    Optional<Refusal> refuses(Situation situation);

    /** What follows from an edit that was applied and changed its record. It may write to that record too. */
    List<ServerWrite> follow(Situation situation);

    /**
     * What follows from a row that another program wrote past the server, once it is taken into its record. It may write to that
     * record too. Nothing, unless an application says otherwise.
     */
    default List<ServerWrite> followForeign(Situation situation) {
        return List.of();
    }

    /**
     * A refused change.
     *
     * @param told to the device
     * @param notes written although the change is not, so that people see that it was tried
     */
    record Refusal(ChangeResult.Refused told, List<ServerWrite> notes) {
        /** Copies. */
        public Refusal {
            notes = List.copyOf(notes);
        }
    }
}
