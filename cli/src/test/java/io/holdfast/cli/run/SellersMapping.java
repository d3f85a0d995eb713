package io.holdfast.cli.run;

/** How tests read sheets of sellers with prices. */
public final class SellersMapping {

    /** As a mapping file says it. */
    public static final String YAML = """
            target: sellers
            fields:
              number: {column: No, type: TEXT, format: "S-[0-9]+"}
              name:   {column: Name, type: TEXT, required: true}
              price:  {column: Price, type: "DECIMAL(12,2)"}
            key: [number]
            """;

    private SellersMapping() {}
}
