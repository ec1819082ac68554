using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests.Infra;

/// <summary>
/// Somebody has a login's password and a plain client. Whatever it tries, it is refused, and events, streams, log and seals are
/// afterwards what they were.
/// </summary>
public sealed class AbuseOfTheDatabase(Stack stack)
{
    private const string Denied = "42501";

    private const string History = """
        select md5(concat((select string_agg(e::text, ';' order by seq_id) from mt_events e), (select string_agg(s::text, ';' order by tenant_id, id) from mt_streams s),
            (select string_agg(l::text, ';' order by position) from clinic.log l), (select string_agg(q::text, ';' order by seq_id) from clinic.log_queue q),
            (select h::text from clinic.log_head h), (select last_value from mt_events_sequence), (select string_agg(i::text, ';') from clinic.inbox i)))
        """;

    public static TheoryData<string, string> Attacks
    {
        get
        {
            var attacks = new TheoryData<string, string>();
            void Add(string abuse, params string[] statements)
            {
                foreach (var statement in statements) attacks.Add(abuse, statement);
            }
            Add("61", "update mt_events set data = '{}'", "update mt_events set user_name = 'other' where version = 1", "update mt_streams set version = 7",
                "insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) select seq_id, id, stream_id, version, '{}', type, timestamp, tenant_id from mt_events on conflict (seq_id) do update set data = '{}'",
                "select * from mt_events for update");
            Add("62", "delete from mt_streams", "delete from mt_events", "delete from clinic.log", "delete from clinic.log_queue", "delete from clinic.inbox");
            Add("63", "truncate mt_events", "truncate mt_streams cascade", "truncate clinic.log cascade", "drop table mt_events", "alter table mt_events disable trigger all", "drop trigger append_only on mt_events");
            Add("64", "set session_replication_role = replica", "set local session_replication_role = 'replica'", "select set_config('session_replication_role', 'replica', false)",
                "set role probe_owner", "set session authorization postgres", "alter role current_user superuser");
            Add("65", "select setval('mt_events_sequence', 1)", "select nextval('mt_events_sequence')", "alter sequence mt_events_sequence restart");
            Add("66", "insert into mt_streams (tenant_id, id, type, version) values ('north', 'forged', 'counter', 1)",
                "insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) values (99, gen_random_uuid(), 's', 9, '{}', 'counted', now(), 'north')",
                "insert into clinic.log_queue values (99, gen_random_uuid(), sha256(''), sha256(''), 'k1')",
                "insert into clinic.log values (99, 99, gen_random_uuid(), sha256(''), sha256(''), 'k1', now())", "select clinic.take_stream('north', 'forged', 'counter', 0, 1, now())");
            Add("67", "delete from clinic.log where position = (select max(position) from clinic.log)", "update clinic.log_head set size = size - 1", "delete from clinic.publication");
            Add("72", "create schema evil", "create table public.evil (id int)", "create table clinic.evil (id int)",
                "create function public.nextval(regclass) returns bigint language sql as 'select 1::bigint'", "create or replace function clinic.refuse() returns trigger language plpgsql as 'begin return null; end'",
                "alter function clinic.append set search_path = public", "create operator public.= (leftarg = text, rightarg = text, function = textne)");
            Add("73", "update clinic.log set event_hash = mac", "update clinic.log_queue set event_hash = mac", "update clinic.inbox set answer = '{}'", "update clinic.publication set sequence = 7",
                "update clinic.installation set service = 'other'", "delete from clinic.schema_version");
            return attacks;
        }
    }

    [Theory, MemberData(nameof(Attacks))]
    [Trait("Abuse", "61"), Trait("Abuse", "62"), Trait("Abuse", "63"), Trait("Abuse", "64"), Trait("Abuse", "65")]
    [Trait("Abuse", "66"), Trait("Abuse", "67"), Trait("Abuse", "72"), Trait("Abuse", "73")]
    public async Task each_login_is_refused_and_nothing_has_changed(string abuse, string attack)
    {
        await using var probe = await Written();
        var before = await probe.Test.Value<string>(History);
        foreach (var login in new[] { probe.Database.Reader, probe.Database.Writer, probe.Database.Worker })
        {
            await using var connection = await login.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await Execute(connection, "set local clinic.tenants = 'north,south'");
            (await Should.ThrowAsync<PostgresException>(() => Execute(connection, attack), $"{abuse}: {attack}")).SqlState
                .ShouldBe(Denied, $"{abuse}: {attack}");
        }
        (await probe.Test.Value<string>(History)).ShouldBe(before);
    }

    /// <summary>The append function is open to a login; the seal is not.</summary>
    [Fact, Trait("Abuse", "66")]
    public async Task an_event_that_a_login_appends_without_the_key_is_logged_as_what_it_is_and_quarantined()
    {
        await using var probe = await Written();
        var forger = new EventStore(probe.Database, Probe.Types, Probe.ForeignSeal, probe.Signals);
        await forger.Append(Probe.Request([Probe.Write("forged", 0, new Counted(1_000_000))]), TestContext.Current.CancellationToken);
        await Eventually.True(() => probe.Alarms.Active.ContainsKey("bad-mac"), "an alarm");
        (await probe.Test.Column<string>("select stream_id from clinic.quarantine")).ShouldBe(["forged"]);
    }

    [Theory, Trait("Abuse", "70")]
    [InlineData(null), InlineData(""), InlineData(" "), InlineData(","), InlineData("%"), InlineData("NORTH"), InlineData("north ")]
    public async Task without_a_tenant_a_login_sees_nothing_and_appends_nothing(string? declared)
    {
        await using var probe = await Written();
        await using var connection = await probe.Database.Reader.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (declared is not null) await Execute(connection, $"set local clinic.tenants = '{declared}'");
        foreach (var table in new[] { "mt_events", "mt_streams", "views.totals" })
            (await Scalar(connection, $"select count(*) from {table}")).ShouldBe(0L, table);
        (await Should.ThrowAsync<PostgresException>(() => Execute(connection, AppendTo("north", "fresh")))).SqlState.ShouldBe(Denied);
    }

    [Fact, Trait("Abuse", "71")]
    public async Task a_login_of_one_tenant_neither_appends_to_reads_nor_detects_anothers_streams()
    {
        await using var probe = await Written();
        var before = await probe.Test.Value<string>(History);
        foreach (var stream in new[] { "s", "nobodys" })
        {
            await using var connection = await probe.Database.Writer.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await Execute(connection, "set local clinic.tenants = 'east'");
            foreach (var table in new[] { "mt_events", "mt_streams", "views.totals" })
                (await Scalar(connection, $"select count(*) from {table}")).ShouldBe(0L, table);
            // the same refusal, whether the stream exists or not
            (await Should.ThrowAsync<PostgresException>(() => Execute(connection, AppendTo("north", stream)))).SqlState.ShouldBe(Denied);
        }
        (await probe.Test.Value<string>(History)).ShouldBe(before);

        // a stream of the same name is another stream: no conflict tells that somebody else has one
        var own = await probe.Store.Append(Probe.Request([Probe.Write("s", 0, new Counted(1))], tenant: "east"));
        own.Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Store.Load<Counter>("north", "s")).Version.ShouldBe(2);
    }

    [Fact, Trait("Abuse", "72")]
    public async Task a_path_of_the_callers_choosing_leads_the_functions_nowhere()
    {
        await using var probe = await Written();
        foreach (var path in new[] { "''", "pg_temp, views, public", "evil, pg_catalog" })
        {
            await using var connection = await probe.Database.Writer.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await Execute(connection, $"set local search_path = {path}; set local clinic.tenants = 'north'");
            await Execute(connection, AppendTo("north", "by-path"));
            (await Scalar(connection, "select count(*) from public.mt_streams where id = 'by-path'")).ShouldBe(1L);
        }
        (await probe.Test.Column<string>("""
            select proname from pg_proc where prosecdef and pronamespace = 'clinic'::regnamespace
                and not coalesce(proconfig @> array['search_path=pg_catalog, pg_temp'], false)
            """)).ShouldBeEmpty();
    }

    [Fact, Trait("Abuse", "72")]
    public async Task a_table_of_a_sessions_own_is_for_the_worker_alone_and_leads_nobody_astray()
    {
        await using var probe = await Written();
        var before = await probe.Test.Value<string>(History);
        await using (var app = await probe.Database.Writer.OpenConnectionAsync())
            (await Should.ThrowAsync<PostgresException>(() => Execute(app, "create temp table mt_events (id int)"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        // the watch for drift needs some; the functions do not see them, nor does anybody else
        await using var worker = await probe.Database.Worker.OpenConnectionAsync();
        await Execute(worker, "create temp table mt_events (id int); create temp table mt_streams (id int)");
        await probe.Append("s", 2, new Counted(3));
        await probe.LogHas(4);
        (await Scalar(worker, "select count(*) from public.mt_events")).ShouldBe(4L);
        (await Scalar(worker, "select count(*) from mt_events")).ShouldBe(0L);
        (await probe.Test.Value<string>(History)).ShouldNotBe(before, "what was appended meanwhile is there");
        await Execute(worker, "discard temp");
    }

    private async Task<Probe> Written()
    {
        var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        await probe.Append("s", 0, new Counted(1), new Counted(2));
        await probe.Store.Append(Probe.Request([Probe.Write("s", 0, new Counted(1))], inbox: new InboxEntry("e", "north/p", "m", new byte[32], new Clinic.Contracts.Messaging.CommandAccepted("m", "s", 1)), tenant: "south"));
        await probe.LogHas(3);
        await probe.Start(TotalsView.Host(probe, TotalsView.Totals));
        await TotalsView.At(probe, 2);
        return probe;
    }

    /// <summary>What an intruder would call, by hand, with nothing but SQL.</summary>
    private static string AppendTo(string tenant, string stream) => $$"""
        select clinic.append_one('{{tenant}}', null, null, null, null, null, null, null, '{{stream}}', 'counter', 0, now(), null, null, 'intruder', '{}', 'k1',
            array[gen_random_uuid()], array['counted'], array['x'], array['{}'::jsonb], array[sha256('')], array[sha256('')])
        """;

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
