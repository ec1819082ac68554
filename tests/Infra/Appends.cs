using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests.Infra;

/// <summary>What the built-in engine's append promises beyond <see cref="EventStoreConformance"/>.</summary>
public sealed class Appends(Stack stack)
{
    [Fact]
    public async Task a_conflict_burns_no_sequence_number()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("a", 0, new Counted(1));
        foreach (var wrong in new long[] { 0, 2, 7 }) (await probe.Append("a", wrong, new Counted(1))).Outcome.ShouldBe(AppendOutcome.Conflict);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => probe.Append("a", 1, new Counted(n))));
        (await probe.Test.Column<long>("select seq_id from mt_events order by seq_id")).ShouldBe([1, 2]);
        (await probe.Test.Value<long>("select last_value from mt_events_sequence")).ShouldBe(2);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("south"), InlineData("nort,h"), InlineData("north2,anorth")]
    public async Task a_tenant_the_connection_has_not_declared_is_refused(string? declared)
    {
        await using var probe = await Probe.On(stack);
        await using var connection = await probe.Database.Writer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("""
            select set_config('clinic.tenants', $1, true) where $1 is not null;
            """, connection) { Parameters = { new NpgsqlParameter<string?> { TypedValue = declared } } };
        await command.ExecuteNonQueryAsync();
        await using var append = new NpgsqlCommand("""
            select clinic.append(array['north'], array[null], array[null], array[null], array[null]::bytea[], array[null], array[null]::jsonb[], array[null],
                array[1], array['north'], array['a'], array['counter'], array[0], array[1], array[now()],
                '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')
            """, connection);
        (await Should.ThrowAsync<PostgresException>(() => append.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task an_append_waits_for_an_uncommitted_change_of_its_guard_and_then_conflicts()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("guard", 0, new Counted(1));
        await using var connection = await probe.Database.Writer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        IEventStore inside = new TransactionalEventStore(connection, Probe.Types, Probe.Seal);
        await inside.Append(Probe.Request([Probe.Write("guard", 1, new Counted(1))]));
        var waiting = probe.Store.Append(Probe.Request([Probe.Write("s", 0, new Counted(1))], [new StreamGuard("guard", 1)]));
        await Eventually.True(async () => await probe.Test.Value<long>("select count(*) from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()") > 0, "the second append to wait");
        await transaction.CommitAsync();
        (await waiting).ShouldBe(new AppendResult(AppendOutcome.Conflict, "guard"));
    }
}
