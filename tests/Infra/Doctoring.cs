using System.Runtime.Versioning;
using Clinic.Cli;
using Clinic.Cli.Doctor;
using Clinic.EventLog;
using Clinic.Messaging;

namespace Clinic.Tests.Infra;

/// <summary>The doctor sees what is wrong, by name, and finds nothing wrong with what is right.</summary>
// the command relies on file modes
[UnsupportedOSPlatform("windows")]
public sealed class Doctoring(OwnVirtualHost host) : IClassFixture<OwnVirtualHost>
{
    private const string Service = "session";

    [Theory]
    [InlineData("schema", "004_protection is another version's", "update clinic.schema_version set checksum = '\\x00' where name = '004_protection'")]
    [InlineData("schema", "003_append is not applied", "delete from clinic.schema_version where name = '003_append'")]
    [InlineData("tables", "clinic.parked is missing", "alter table clinic.parked rename to gone")]
    [InlineData("history", "probe_app may INSERT public.mt_events", "grant insert (data) on public.mt_events to probe_app")]
    [InlineData("history", "probe_worker may DELETE public.mt_streams", "grant delete on public.mt_streams to probe_worker")]
    [InlineData("logins", "probe_worker may not execute assign_positions", "revoke execute on function clinic.assign_positions from probe_worker")]
    [InlineData("triggers", "trigger append_only on clinic.log does not stand", "alter table clinic.log enable trigger append_only")]
    [InlineData("tenants apart", "public.mt_events shows", "alter table public.mt_events disable row level security")]
    [InlineData("log", "the log's head says 5 events", "update clinic.log_head set size = 5")]
    [InlineData("relay", "the relay stopped before position 0", "insert into clinic.log select 0, 9, gen_random_uuid(), '', '', '', now() - interval '1 hour'")]
    [InlineData("views", "board stopped before position 0", "insert into clinic.log select 0, 9, gen_random_uuid(), '', '', '', now() - interval '1 hour'; insert into clinic.checkpoint values ('board', -1)")]
    [InlineData("stale views", "board lacks events of north/s from position 7 on (P0001)", "insert into clinic.stale_view values ('board', 'north', 's', 7, 'P0001')")]
    [InlineData("answers", "1 answers", "insert into clinic.inbox values ('e', 's', 'm', 'north', '', 't', '{}', 'reply.s.q', now() - interval '1 hour')")]
    [InlineData("gaps", "intake: 3 to 8 are missing", "insert into clinic.consumer values ('intake', 2, 8, now(), now() - interval '1 minute')")]
    [InlineData("parked", "intake: 1 events from 4 on (gap)", "insert into clinic.parked values ('intake', 4, '{}', 'gap')")]
    [InlineData("quarantine", "north/s: event", "insert into clinic.quarantine values ('north', 's', gen_random_uuid(), 'mac')")]
    [InlineData("facts", "intake was last heard never", "select 1")]
    [InlineData("leaders", "relay has no leader", "select 1")]
    public async Task what_is_wrong_in_a_database_is_named(string check, string detail, string damage)
    {
        await using var probe = await Probe.On(host.Stack);
        await probe.Test.AsSuperuser(damage);
        var findings = await DatabaseChecks.Run(probe.Test.Settings, Stack.Installation, ["intake"], [], default);
        var finding = findings.Single(f => f.Check == check);
        finding.Ok.ShouldBeFalse();
        finding.Detail.ShouldContain(detail);
    }

    [Fact]
    public async Task a_database_of_another_installation_or_none_is_noticed()
    {
        await using var probe = await Probe.On(host.Stack);
        (await DatabaseChecks.Run(probe.Test.Settings, Guid.Empty, [], [], default)).Where(f => !f.Ok).Select(f => f.Check).ShouldContain("app login");
        (await DatabaseChecks.Run(probe.Test.Settings with { Name = "nowhere" }, Stack.Installation, [], [], default)).Select(f => (f.Check, f.Ok))
            .ShouldBe([("app login", false), ("worker login", false)]);
    }

    [Fact]
    public async Task nothing_is_wrong_with_what_is_right_and_what_is_wrong_on_the_broker_is_named()
    {
        await using var node = await BusNode.Start(await Probe.On(host.Stack), host.Bus, Service, _ => null, [new Reactions("consent")]);
        await node.Probe.Append("a", 0, new Counted(1));
        await Eventually.True(async () => (await DatabaseChecks.Run(node.Probe.Test.Settings, Stack.Installation, [], [], default)).All(f => f.Ok), "the database to be well");

        using var management = new Management(host.Bus.Management, host.Bus.Settings("admin"));
        var expected = new BrokerExpectations(BrokerExpectations.Read().Definitions,
        [
            new ExpectedQueue("session-from-consent", Topology.Events, "*.consent.#", Ordered: true, Consumed: true),
            new ExpectedQueue("session.republish", Topology.Republish, "session", Ordered: false, Consumed: false)
        ]);
        // the broker counts consumers every five seconds
        await Eventually.True(async () => (await BrokerChecks.Run(management, expected, default)).All(f => f.Ok), "the broker to be well", 30);

        var found = await BrokerChecks.Run(management, expected with
        {
            Queues =
            [
                expected.Queues[0] with { Key = "*.nobody.#" }, expected.Queues[1] with { Ordered = true, Consumed = true },
                new ExpectedQueue("session-from-nowhere", Topology.Events, "x", Ordered: true, Consumed: true)
            ]
        }, default);
        string Detail(string check) => found.Single(f => f.Check == check && !f.Ok).Detail;
        Detail("queues").ShouldBe("session.republish lets several consume at once; session-from-nowhere is missing");
        Detail("consumers").ShouldBe("nobody reads session.republish");
        Detail("bindings").ShouldContain("session-from-consent is not bound to clinic.events with *.nobody.#");

        var definitions = BrokerExpectations.Read().Definitions;
        definitions["policies"]![0]!["definition"]!["delivery-limit"] = 5;
        definitions["permissions"]![0]!["write"] = ".*";
        definitions["users"]!.AsArray().RemoveAt(0);
        found = await BrokerChecks.Run(management, expected with { Definitions = definitions }, default);
        Detail("policies").ShouldBe("policy dead-letters differs in definition");
        Detail("permissions").ShouldBe("permission of intake differs in write");
        Detail("users").ShouldBe("intake is not one of ours");
    }

    [Theory]
    [InlineData("functions", "rewrap is missing or may not be executed", "revoke execute on function probe.rewrap from probe_vault")]
    [InlineData("keys apart", "probe_vault may touch probe.data_key", "grant select on probe.data_key to probe_vault")]
    [InlineData("keys apart", "probe_vault reaches other", "create schema other; grant usage on schema other to probe_vault")]
    [InlineData("guards", "trigger guard on tombstone does not stand", "alter table probe.tombstone disable trigger guard")]
    public async Task what_is_wrong_in_the_vault_is_named(string check, string detail, string damage)
    {
        await using var vault = await Vault.New(host.Stack);
        (await VaultChecks.Run(vault.Target.Settings, default)).Select(f => (f.Check, f.Ok)).ShouldBe([("functions", true), ("keys apart", true), ("guards", true)]);
        await vault.AsSuperuser(damage);
        (await VaultChecks.Run(vault.Target.Settings, default)).Single(f => !f.Ok).ShouldBe(new Finding("vault probe", check, false, detail));
        (await VaultChecks.Run(vault.Target.Settings with { Port = 1 }, default)).Single().Check.ShouldBe("login");
    }

    [Fact]
    public async Task what_waits_for_the_backup_is_said_and_a_server_without_one_is_well()
    {
        await using var probe = await Probe.On(host.Stack);
        (await BackupChecks.Run(probe.Test.Settings, default)).ShouldBe(new Finding("backup", "slot", true, "no backup has begun on this server"));
        await probe.Test.AsSuperuser("select pg_create_physical_replication_slot('clinic_backup', true)");
        try
        {
            (await BackupChecks.Run(probe.Test.Settings, default)).ShouldSatisfyAllConditions(f => f.Ok.ShouldBeTrue(), f => f.Detail.ShouldContain("MiB wait; fetched by make backup"));
        }
        finally
        {
            await probe.Test.AsSuperuser("select pg_drop_replication_slot('clinic_backup')");
        }
        (await BackupChecks.Run(probe.Test.Settings with { Port = 1 }, default)).Ok.ShouldBeFalse();
    }

    [Fact]
    public void a_certificate_is_named_before_it_runs_out_and_an_open_secret_at_once()
    {
        var folder = Directory.CreateTempSubdirectory("clinic-doctor").FullName;
        try
        {
            Clinic.Cli.Program.Main(["secrets", "init", folder]).ShouldBe(0);
            SecretChecks.Run(folder, DateTimeOffset.UtcNow).ShouldAllBe(f => f.Ok);
            SecretChecks.Run(folder, DateTimeOffset.UtcNow.AddDays(800)).Single(f => f.Check == "server.pem").ShouldBe(new Finding("secrets", "server.pem", false, "23 days left"));
            File.SetUnixFileMode(Path.Combine(folder, "bus-admin"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
            SecretChecks.Run(folder, DateTimeOffset.UtcNow).Single(f => f.Check == "files").Detail.ShouldBe("bus-admin can be read by others");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
