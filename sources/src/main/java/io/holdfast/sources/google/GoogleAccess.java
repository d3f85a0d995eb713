package io.holdfast.sources.google;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** By what Google knows who asks. Never shows its secrets. */
public sealed interface GoogleAccess {

    /** A key of a project, for spreadsheets that everybody with the link may read. */
    record ApiKey(String key) implements GoogleAccess {
        /** Refuses what is no header. */
        public ApiKey {
            if (!key.matches("[!-~]{1,200}")) {
                throw refused("The API key for Google is empty or has characters that no key has; copy it again.");
            }
        }

        @Override
        public String toString() {
            return "ApiKey[hidden]";
        }
    }

    /**
     * An account of a program, with which a spreadsheet is shared like with a person.
     *
     * @param keyId which of the account's keys it is
     * @param tokens where tokens are given out
     */
    record ServiceAccount(String email, String keyId, PrivateKey key, URI tokens) implements GoogleAccess {

        /** Largest key file, in bytes. */
        public static final int BYTES_MAX = 1 << 16;

        private static final String TOKENS = "https://oauth2.googleapis.com/token";

        /**
         * Reads the JSON file that Google gives out for an account.
         *
         * @throws HoldfastException USAGE if it is another file
         */
        public static ServiceAccount read(byte[] json) {
            if (json.length > BYTES_MAX) {
                throw noKeyFile();
            }
            try {
                JsonTree file = JsonText.read(json);
                String pem = Members.text(file, "private_key").orElseThrow(GoogleAccess::noKeyFile);
                return new ServiceAccount(
                        Members.text(file, "client_email").orElseThrow(GoogleAccess::noKeyFile),
                        Members.text(file, "private_key_id").orElse(""),
                        privateKey(pem),
                        URI.create(Members.text(file, "token_uri").orElse(TOKENS)));
            } catch (JsonRefusedException | IllegalArgumentException | GeneralSecurityException other) {
                throw noKeyFile();
            }
        }

        private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
            String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        }

        @Override
        public String toString() {
            return "ServiceAccount[" + email + "]";
        }
    }

    private static HoldfastException noKeyFile() {
        return refused("The key file for Google is none: give the JSON file that was made for the service account.");
    }

    private static HoldfastException refused(String sentence) {
        return new HoldfastException(ErrorCode.USAGE, sentence);
    }
}
