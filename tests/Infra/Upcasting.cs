using System.Text.Json.Nodes;
using Clinic.Contracts;
using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>Once <c>payment_taken</c> {amount}, then v2 {amount, currency}, now v3 {minor, currency}.</summary>
public sealed record PaymentTakenV3(long Minor, string Currency);

public sealed record AccountSettled;

public sealed record Account(string Id, long Minor, string Currencies)
{
    public long Version { get; init; }

    public static Account Create(PaymentTakenV3 e) => new("account", e.Minor, e.Currency);

    public Account Apply(PaymentTakenV3 e) => this with { Minor = Minor + e.Minor, Currencies = $"{Currencies} {e.Currency}" };

    public Account Apply(AccountSettled e) => this with { Minor = 0 };
}

public static class AccountUpcasters
{
    public static readonly Upcaster[] All =
    [
        new("payment_taken", "payment_taken_v2", data => { data["currency"] = "EUR"; return data; }),
        new("payment_taken_v2", "payment_taken_v3", data => new JsonObject { ["minor"] = data["amount"]!.GetValue<long>() * 100, ["currency"] = (string?)data["currency"] }),
        Upcaster.Renamed("account_closed", "account_settled")
    ];
}

public class Upcasting(Stack stack)
{
    // what earlier builds knew; the classes exist here only to store what those builds stored
    private sealed record PaymentTaken(long Amount);

    private sealed record PaymentTakenV2(long Amount, string Currency);

    private sealed record AccountClosed;

    private static readonly EventTypes Types = new([typeof(Account)], AccountUpcasters.All);

    protected virtual SchemaScript[] Scripts => [];

    protected virtual IEventStore Engine(Probe on, EventTypes types) => new EventStore(on.Database, types, Probe.Seal, on.Signals);

    [Fact]
    public async Task T54_events_of_three_versions_fold_alike_verified_or_not_and_stay_as_they_were_stored()
    {
        await using var probe = await (await Probe.On(stack, Scripts)).WithSequencer();
        await probe.Append("a", 0, new PaymentTaken(5), new PaymentTakenV2(7, "CHF"), new PaymentTakenV3(950, "NOK"));
        await probe.LogHas(3);
        var before = await probe.Test.Column<string>("select type || data::text || mt_dotnet_type from mt_events order by seq_id");
        var store = Engine(probe, Types);
        foreach (var options in new[] { default, new LoadOptions(Verified: true), new LoadOptions(AsOf: DateTimeOffset.UtcNow.AddMinutes(1)) })
        {
            var account = (await store.Load<Account>(Probe.North, "a", options)).State!;
            (account.Minor, account.Currencies, account.Version).ShouldBe((5 * 100 + 7 * 100 + 950, "EUR CHF NOK", 3));
        }
        (await probe.Test.Column<string>("select type || data::text || mt_dotnet_type from mt_events order by seq_id")).ShouldBe(before);
    }

    [Fact]
    public async Task the_log_reader_upcasts_too_and_still_shows_the_stored_name()
    {
        await using var probe = await (await Probe.On(stack, Scripts)).WithSequencer();
        await probe.Append("a", 0, new PaymentTaken(5), new PaymentTakenV2(7, "CHF"), new AccountClosed());
        await probe.LogHas(3);
        await using var connection = await probe.Database.Worker.OpenConnectionAsync();
        var read = await LogReader.After(connection, Types, -1, 10, CancellationToken.None);
        read.Select(e => e.Event.Data).ShouldBe([new PaymentTakenV3(500, "EUR"), new PaymentTakenV3(700, "CHF"), new AccountSettled()]);
        read.Select(e => e.Event.EventTypeName).ShouldBe(["payment_taken", "payment_taken_v2", "account_closed"]);
    }

    [Fact]
    public async Task an_edited_old_event_is_still_found_out()
    {
        await using var probe = await Probe.On(stack, Scripts);
        await probe.Append("a", 0, new PaymentTaken(5));
        await probe.Test.AsSuperuser("alter table mt_events disable trigger all; update mt_events set data = '{\"amount\": 6}'");
        var store = Engine(probe, Types);
        await Should.ThrowAsync<IntegrityException>(() => store.Load<Account>(Probe.North, "a", new LoadOptions(Verified: true)));
    }

    [Theory]
    [InlineData("payment_taken_v3", "payment_taken_v2", "has a reader already")]
    [InlineData("from_nowhere", "to_nowhere", "not read as any current")]
    [InlineData("payment_taken", "payment_taken_v2", "has a reader already")]
    [InlineData("chicken", "chicken", "not read as any current")]
    public void a_chain_that_leads_nowhere_is_refused_at_start(string from, string to, string because) =>
        Should.Throw<ArgumentException>(() => new EventTypes([typeof(Account)], [.. AccountUpcasters.All, Upcaster.Renamed(from, to)]))
            .Message.ShouldContain(because);

    [Fact]
    public void a_name_nobody_reads_fails_loudly() =>
        Should.Throw<UnknownEventTypeException>(() => Types.Read("payment_taken_v9", "{}")).Message.ShouldContain("payment_taken_v9");
}
