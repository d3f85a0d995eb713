package io.holdfast.cli;

import io.holdfast.cli.alerts.AlertsCommand;
import io.holdfast.cli.audit.AuditCommand;
import io.holdfast.cli.backup.BackupCommand;
import io.holdfast.cli.bench.BenchCommand;
import io.holdfast.cli.config.ConfigCommand;
import io.holdfast.cli.conflicts.ConflictsCommand;
import io.holdfast.cli.demo.DemoCommand;
import io.holdfast.cli.device.DeviceCommand;
import io.holdfast.cli.earnings.EarningsCommand;
import io.holdfast.cli.errors.ErrorsCommand;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.gaps.GapsCommand;
import io.holdfast.cli.quarantine.QuarantineCommand;
import io.holdfast.cli.records.DeleteCommand;
import io.holdfast.cli.records.GetCommand;
import io.holdfast.cli.records.ListCommand;
import io.holdfast.cli.records.PutCommand;
import io.holdfast.cli.runs.RunsCommand;
import io.holdfast.cli.schema.SchemaCommand;
import io.holdfast.cli.serve.ServeCommand;
import io.holdfast.cli.simulate.SimulateCommand;
import io.holdfast.cli.source.SourceCommand;
import io.holdfast.cli.sync.StatusCommand;
import io.holdfast.cli.sync.SyncCommand;
import io.holdfast.cli.sync.VerifyCommand;
import io.holdfast.cli.system.Host;
import io.holdfast.cli.token.TokenCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Every command by its name, in the order that help shows them; each is made only when it is asked for. */
final class Catalog {

    private Catalog() {}

    static Map<String, Supplier<Object>> of(Terminal terminal, Host host) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("demo", () -> new DemoCommand(terminal, host));
        all.put("serve", () -> new ServeCommand(terminal, host));
        all.put("token", () -> TokenCommand.commands(terminal, host));
        all.put("device", () -> DeviceCommand.commands(terminal, host));
        all.put("put", () -> new PutCommand(terminal, host));
        all.put("get", () -> new GetCommand(terminal, host));
        all.put("list", () -> new ListCommand(terminal, host));
        all.put("delete", () -> new DeleteCommand(terminal, host));
        all.put("sync", () -> new SyncCommand(terminal, host));
        all.put("status", () -> new StatusCommand(terminal, host));
        all.put("verify", () -> new VerifyCommand(terminal, host));
        all.put("backup", () -> BackupCommand.commands(terminal, host));
        all.put("gaps", () -> GapsCommand.commands(terminal, host));
        all.put("quarantine", () -> QuarantineCommand.commands(terminal, host));
        all.put("conflicts", () -> ConflictsCommand.commands(terminal, host));
        all.put("earnings", () -> EarningsCommand.commands(terminal, host));
        all.put("audit", () -> AuditCommand.commands(terminal, host));
        all.put("alerts", () -> AlertsCommand.commands(terminal, host));
        all.put("config", () -> ConfigCommand.commands(terminal, host));
        all.put("schema", () -> SchemaCommand.commands(terminal));
        all.put("source", () -> SourceCommand.commands(terminal, host));
        all.put("runs", () -> RunsCommand.commands(terminal, host));
        all.put("errors", () -> new ErrorsCommand(terminal));
        all.put("simulate", () -> new SimulateCommand(terminal, host));
        all.put("bench", () -> new BenchCommand(terminal));
        all.put("version", () -> new VersionCommand(terminal));
        return Collections.unmodifiableMap(all);
    }
}
