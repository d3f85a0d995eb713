package io.holdfast.core.schema.binding;

import io.holdfast.core.json.CanonicalJson;

/**
 * A JSON value as a component of a bound record.
 *
 * @param json made canonical (RFC 8785)
 */
public record JsonText(String json) {

    /**
     * Makes the text canonical.
     *
     * @throws io.holdfast.core.json.JsonRefusedException (JSON_MALFORMED) if it is no JSON, or a number does not fit a double
     */
    public JsonText {
        json = CanonicalJson.of(json);
    }
}
