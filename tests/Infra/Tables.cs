using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests.Infra;

/// <summary>A program that uses Marten must be able to open the database, so these are Marten's tables and nothing more.</summary>
public sealed class Tables(Stack stack)
{
    [Theory]
    [InlineData("mt_streams", "tenant_id varchar not null", "id varchar not null", "type varchar", "version int8", "timestamp timestamptz not null",
        "created timestamptz not null", "is_archived bool", "compacted_version int8 not null")]
    [InlineData("mt_events", "seq_id int8 not null", "id uuid not null", "stream_id varchar", "version int8 not null", "data jsonb not null", "bdata bytea",
        "type varchar(500) not null", "timestamp timestamptz not null", "tenant_id varchar", "mt_dotnet_type varchar", "correlation_id varchar",
        "causation_id varchar", "headers jsonb", "user_name varchar", "is_archived bool")]
    [InlineData("mt_event_progression", "name varchar not null", "last_seq_id int8", "last_updated timestamptz")]
    public async Task the_columns_are_martens(string table, params string[] columns)
    {
        await using var probe = await Probe.On(stack);
        (await probe.Test.Column<string>($"""
            select column_name || ' ' || udt_name || coalesce('(' || character_maximum_length || ')', '') || case is_nullable when 'NO' then ' not null' else '' end
            from information_schema.columns where table_schema = 'public' and table_name = '{table}' order by ordinal_position
            """)).ShouldBe(columns);
    }

    [Fact]
    public async Task the_keys_are_martens_and_begin_with_the_tenant()
    {
        await using var probe = await Probe.On(stack);
        (await probe.Test.Column<string>("""
            select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'public'::regnamespace and contype in ('p', 'f') order by 1
            """)).ShouldBe([
            "mt_event_progression PRIMARY KEY (name)", "mt_events FOREIGN KEY (tenant_id, stream_id) REFERENCES mt_streams(tenant_id, id)",
            "mt_events PRIMARY KEY (seq_id)", "mt_streams PRIMARY KEY (tenant_id, id)"]);
        (await probe.Test.Value<string>("select indexdef from pg_indexes where indexname = 'pk_mt_events_stream_and_version'"))
            .ShouldBe("CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON public.mt_events USING btree (tenant_id, stream_id, version)");
        (await probe.Test.Column<string>("select tablename from pg_tables where schemaname = 'public' order by 1"))
            .ShouldBe(["mt_event_progression", "mt_events", "mt_streams"]);
    }

    [Fact]
    public async Task an_event_is_stored_as_marten_would()
    {
        await using var probe = await Probe.On(stack);
        var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(2)).AddTicks(12_345_678);
        await probe.Store.Append(Probe.Request([Probe.Write("a", 0, new Counted(5))]) with { Metadata = Probe.Metadata with { At = at } });
        (await probe.Test.Value<string>("""
            select concat_ws('|', type, mt_dotnet_type, data, headers, user_name, correlation_id, causation_id, timestamp at time zone 'UTC', is_archived, bdata) from mt_events
            """)).ShouldBe("""
            counted|Clinic.Tests.Infra.Counted, Infra.Tests|{"amount": 5}|{"role": "tester"}|tester|correlation|cause|2026-03-02 07:00:01.234567|f
            """);
        (await probe.Test.Value<string>("select concat_ws('|', tenant_id, id, type, version, is_archived) from mt_streams")).ShouldBe("north|a|counter|1|f");
    }

    [Fact]
    public async Task no_login_can_change_history()
    {
        await using var probe = await Probe.On(stack);
        string[] history = ["public.mt_streams", "public.mt_events", "clinic.log", "clinic.installation", "clinic.inbox", "clinic.log_queue", "clinic.log_head"];
        var may = await probe.Test.Column<string>($"""
            select r || ' ' || p || ' ' || t from unnest(array['probe_app', 'probe_worker']) r, unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p,
                unnest(array['{string.Join("','", history)}']) t where has_table_privilege(r, t, p)
            """);
        may.ShouldBeEmpty();
        (await probe.Test.Column<string>("""
            select r || ' ' || p from unnest(array['probe_app', 'probe_worker']) r, unnest(array['USAGE', 'SELECT', 'UPDATE']) p
            where has_sequence_privilege(r, 'public.mt_events_sequence', p)
            """)).ShouldBeEmpty();
        (await probe.Test.Column<string>("""
            select r.rolname || ' ' || p.proname from pg_proc p, pg_roles r where p.pronamespace = 'clinic'::regnamespace and p.prosecdef
                and r.rolname in ('probe_app', 'probe_worker') and has_function_privilege(r.oid, p.oid, 'EXECUTE') order by 1
            """)).ShouldBe(["probe_app append", "probe_app append_one", "probe_worker append", "probe_worker append_one", "probe_worker assign_positions", "probe_worker grow_tree"]);
        (await probe.Test.Value<long>("select count(*) from pg_roles where rolname ~ '^probe_' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)")).ShouldBe(0);
        (await probe.Test.Value<bool>("select rolcanlogin from pg_roles where rolname = 'probe_owner'")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, 0), InlineData("", 0), InlineData("north", 2), InlineData("south", 1), InlineData("east", 0), InlineData("north,south", 3), InlineData(" ", 0)]
    public async Task a_tenant_sees_its_own_rows_and_no_declaration_sees_none(string? declared, int visible)
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("a", 0, new Counted(1), new Counted(2));
        await probe.Store.Append(Probe.Request([Probe.Write("a", 0, new Counted(1))], tenant: "south"));
        await using var connection = await probe.Database.Reader.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"set local clinic.tenants = '{declared}'", connection);
        if (declared is not null) await command.ExecuteNonQueryAsync();
        command.CommandText = "select count(*) from public.mt_events";
        (await command.ExecuteScalarAsync()).ShouldBe((long)visible);
        command.CommandText = "select count(*) from public.mt_streams";
        (await command.ExecuteScalarAsync()).ShouldBe((long)Math.Ceiling(visible / 2.0));
    }

    [Fact]
    public async Task a_declaration_ends_with_its_transaction()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("a", 0, new Counted(1));
        await using var connection = await probe.Database.Reader.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("set local clinic.tenants = 'north'", connection);
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
        command.CommandText = "select count(*) from public.mt_events";
        (await command.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Theory]
    [InlineData("update mt_events set data = '{}'"), InlineData("delete from mt_events"), InlineData("truncate mt_events")]
    [InlineData("truncate mt_streams cascade"), InlineData("delete from mt_streams"), InlineData("update clinic.log set event_hash = mac")]
    [InlineData("delete from clinic.log"), InlineData("truncate clinic.log cascade"), InlineData("update clinic.installation set service = 'x'")]
    public async Task even_the_superuser_in_replica_mode_is_stopped_by_the_triggers(string attack)
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        await probe.Append("a", 0, new Counted(1));
        await probe.LogHas(1);
        foreach (var mode in new[] { "", "set session_replication_role = replica;" })
            (await Should.ThrowAsync<PostgresException>(() => probe.Test.AsSuperuser(mode + attack))).SqlState.ShouldBe("42501");
    }
}
