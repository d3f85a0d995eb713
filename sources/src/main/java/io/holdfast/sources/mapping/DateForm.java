package io.holdfast.sources.mapping;

import io.holdfast.sources.table.DateOrder;
import java.util.Optional;

/** How days stand in cells that are not days by their format. */
public enum DateForm {
    /** {@code 31/12/17}. */
    DAY_MONTH_YEAR(DateOrder.DAY_MONTH_YEAR.pattern(), DateOrder.DAY_MONTH_YEAR),
    /** {@code 12/31/17}. */
    MONTH_DAY_YEAR(DateOrder.MONTH_DAY_YEAR.pattern(), DateOrder.MONTH_DAY_YEAR),
    /** {@code 2017-12-31}. */
    YEAR_MONTH_DAY(DateOrder.YEAR_MONTH_DAY.pattern(), DateOrder.YEAR_MONTH_DAY),
    /** {@code 43100}: days since 1899-12-30, as Excel counts them from 1900. */
    SERIAL("serial", null);

    private final String word;
    private final Optional<DateOrder> order;

    DateForm(String word, @org.jspecify.annotations.Nullable DateOrder order) {
        this.word = word;
        this.order = Optional.ofNullable(order);
    }

    /** As a mapping names it. */
    public String word() {
        return word;
    }

    /** In which order a text's parts stand; empty if days are numbers. */
    public Optional<DateOrder> order() {
        return order;
    }
}
