package io.holdfast.cli.serve;

import io.holdfast.cli.device.TokenOption;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.config.ConfigReader;
import io.holdfast.server.config.Home;
import io.holdfast.server.config.Listen;
import io.holdfast.server.config.Secret;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.config.Tls;
import io.holdfast.server.settings.MailSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A server's configuration from file, environment and command line, the later over the earlier. Stateless. */
final class ServeConfig {

    private static final String TLS_PASSWORD_VARIABLE = "HOLDFAST_TLS_PASSWORD";

    /** Variables of the launcher, of other commands, and those read here. */
    private static final Set<String> FOREIGN = Set.of(
            TokenOption.VARIABLE,
            DatabaseOption.PASSWORD_VARIABLE,
            MailSettings.PASSWORD_VARIABLE,
            "HOLDFAST_JAVA_OPTS",
            "HOLDFAST_SKIP_BUILD",
            "HOLDFAST_GOOGLE_API_KEY",
            "HOLDFAST_GOOGLE_KEY_FILE");

    private ServeConfig() {}

    /** @throws HoldfastException USAGE, with what is wrong */
    static ServerConfig of(ServeRequest request, Host host) {
        ServerConfig base = ServerConfig.defaults();
        ServerConfig file = request.config() == null ? base : ConfigReader.readFile(request.config(), base);
        ServerConfig environment = ConfigReader.readEnvironment(variables(request, host), FOREIGN, file);
        try {
            return environment
                    .withListen(listen(request.listen(), environment.listen(), host))
                    .withHome(home(request, environment.home()));
        } catch (IllegalArgumentException wrong) {
            throw usage("The server cannot be set up so: " + wrong.getMessage() + ".");
        }
    }

    /** The password of a PKCS #12 file that an option names would be half of a setting to the reader. */
    private static Map<String, String> variables(ServeRequest request, Host host) {
        Map<String, String> variables = new TreeMap<>(host.environment());
        if (request.listen().pkcs12 != null) {
            variables.remove(TLS_PASSWORD_VARIABLE);
        }
        return variables;
    }

    private static Listen listen(ListenOptions options, Listen before, Host host) {
        Listen listen = before;
        if (options.host != null) {
            listen = listen.withHost(options.host);
        }
        if (options.port != null) {
            listen = listen.withPort(options.port);
        }
        if (!options.names.isEmpty()) {
            listen = listen.withNames(new TreeSet<>(options.names));
        }
        Optional<Tls> tls = tls(options, host);
        return tls.isPresent() ? listen.withTls(tls.get()) : listen;
    }

    private static Optional<Tls> tls(ListenOptions options, Host host) {
        if (options.pkcs12 != null) {
            if (options.certificate != null || options.key != null) {
                throw usage("Give either --tls-pkcs12, or --tls-certificate and --tls-key.");
            }
            String password = host.variable(TLS_PASSWORD_VARIABLE)
                    .orElseThrow(() -> usage("The password of the PKCS #12 file is missing; set "
                            + TLS_PASSWORD_VARIABLE + " in the environment."));
            return Optional.of(new Tls.Pkcs12(options.pkcs12, new Secret(password)));
        }
        if (options.certificate != null && options.key != null) {
            return Optional.of(new Tls.Pem(options.certificate, options.key));
        }
        if (options.certificate != null || options.key != null) {
            throw usage("A certificate and its key go together; give --tls-certificate and --tls-key.");
        }
        return Optional.empty();
    }

    private static Home home(ServeRequest request, Home before) {
        Home home = ServerDatabase.place(request.database(), before, false);
        if (!request.schemas().isEmpty()) {
            home = home.withSchemas(request.schemas());
        }
        for (String app : request.apps()) {
            home = home.withApp(app);
        }
        if (home.schemas().isEmpty() && home.apps().isEmpty()) {
            throw usage("A server needs to know its records; give one or more schemas with --schema FILE, or an"
                    + " application with --app NAME.");
        }
        return request.rules() == null ? home : home.withRules(request.rules());
    }

    private static HoldfastException usage(String sentence) {
        return new HoldfastException(ErrorCode.USAGE, sentence);
    }
}
