using System.Text.Json.Nodes;
using Clinic.Consent.Domain;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using ConsentGranted = Clinic.Consent.Domain.ConsentGranted;
using ConsentProposed = Clinic.Consent.Domain.ConsentProposed;
using ConsentWithdrawn = Clinic.Consent.Domain.ConsentWithdrawn;

namespace Clinic.Tests.Contracts;

/// <summary>Withdrawing consent is as easy as giving it, at every door. Source: GDPR 7(3); domain rule 2.2.4.</summary>
public sealed class EaseOfWithdrawing
{
    private static readonly string Grant = ContractTypes.NameOf(typeof(GrantConsent));
    private static readonly string Withdraw = ContractTypes.NameOf(typeof(WithdrawConsent));
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>What one has to bring to a command.</summary>
    /// <param name="Members">Those without which it is refused, the innermost ones.</param>
    /// <param name="Headers">Required at the HTTP door.</param>
    private sealed record Effort(string[] Members, string[] Headers, string[] Roles, string[] Doors, string Reach, bool StepUp, bool EvenWhenStale);

    [Fact]
    public void withdrawing_asks_for_nothing_more_than_granting() => Harder(Of(Grant), Of(Withdraw)).ShouldBeEmpty();

    [Fact]
    public void whatever_made_withdrawing_harder_would_be_noticed()
    {
        var grant = Of(Grant);
        // turned round, granting asks for more
        Harder(Of(Withdraw), grant).ShouldContain("members");
        Harder(grant, grant with { Headers = ["If-Match"] }).ShouldBe(["headers"]);
        Harder(grant, grant with { Roles = grant.Roles[1..] }).ShouldBe(["roles"]);
        Harder(grant, grant with { Doors = grant.Doors[1..] }).ShouldBe(["doors"]);
        Harder(grant, grant with { Reach = "Clinic" }).ShouldBe(["reach"]);
        Harder(grant, grant with { StepUp = true }).ShouldBe(["login"]);
        Harder(grant with { EvenWhenStale = true }, grant).ShouldBe(["stale facts"]);
    }

    [Fact]
    public void there_is_no_other_operation_that_grants_or_withdraws_consent() =>
        Published.Services.SelectMany(service => Published.Access(service)["rows"]!.AsArray()).Select(row => Text(row!, "operation"))
            // a colleague's hours on call are nobody's consent
            .Where(operation => (operation.Contains("grant", StringComparison.Ordinal) || operation.Contains("withdraw", StringComparison.Ordinal)) && operation != "feedback.withdraw-on-call.v1")
            .ShouldBe([Grant, Withdraw], ignoreOrder: true);

    [Fact]
    public void one_call_without_a_reason_ends_what_took_two_calls_each_to_grant()
    {
        var consents = Granted("dir-1").Aggregate(Granted("dir-2").Aggregate((ClientConsents?)null, Apply), Apply)!;
        consents.ActiveAt(Now).Count().ShouldBe(2);
        // no id of a directive, so there is nothing to look up first
        var command = new WithdrawConsent("client-1", "client-1", "app");
        new WithdrawConsentValidator().Validate(command).Errors.ShouldBeEmpty();
        var events = WithdrawConsentAggregateHandler.Handle(command, consents, As(Roles.Client), Now);
        events.Aggregate((ClientConsents?)consents, Apply)!.ActiveAt(Now).ShouldBeEmpty();
    }

    [Fact]
    public void the_rules_let_everybody_withdraw_who_may_grant()
    {
        var consents = Granted("dir-1").Take(1).Aggregate((ClientConsents?)null, Apply)!;
        var grant = new GrantConsent("client-1", "dir-1", new Grantor("client-1", Grantor.Self), new Signature("typed-name", Now, new string('a', 64)), Now);
        string[] all = [Roles.Client, Roles.PeerSupporter, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem, Roles.Auditor, Roles.Operator, Roles.Service];
        string[] Permitted(Func<Actor, object[]> handle) => [.. all.Where(role => !Refused(() => handle(As(role))))];
        var granting = Permitted(by => GrantConsentAggregateHandler.Handle(grant, consents, new GrantFacts(by, null), Now));
        granting.ShouldContain(Roles.Client);
        granting.Except(Permitted(by => WithdrawConsentAggregateHandler.Handle(new WithdrawConsent("client-1", "client-1", "app"), consents, by, Now))).ShouldBeEmpty();
    }

    /// <summary>In what withdrawing would ask for more than granting.</summary>
    private static List<string> Harder(Effort granting, Effort withdrawing)
    {
        var harder = new List<string>();
        if (withdrawing.Members.Length > granting.Members.Length) harder.Add("members");
        if (withdrawing.Headers.Except(granting.Headers).Any()) harder.Add("headers");
        if (granting.Roles.Except(withdrawing.Roles).Any()) harder.Add("roles");
        if (granting.Doors.Except(withdrawing.Doors).Any()) harder.Add("doors");
        if (withdrawing.Reach != granting.Reach) harder.Add("reach");
        if (withdrawing.StepUp && !granting.StepUp) harder.Add("login");
        if (granting.EvenWhenStale && !withdrawing.EvenWhenStale) harder.Add("stale facts");
        return harder;
    }

    private static Effort Of(string operation)
    {
        var table = Published.Access("consent");
        var row = table["rows"]!.AsArray().Single(r => Text(r!, "operation") == operation)!;
        var paths = table["routes"]!.AsArray().Where(r => r!["operation"]?.GetValue<string>() == operation).Select(r => Text(r!, "path")).ToArray();
        var queues = table["queues"]!.AsArray().Select(q => q!.GetValue<string>()).Where(q => q == operation);
        var documented = JsonNode.Parse(Published.OpenApi("consent"))!["paths"]!;
        return new Effort([.. Required(ContractTypes.Find(operation)!)],
            [.. paths.SelectMany(path => documented[path]!["post"]!["parameters"]!.AsArray()).Where(p => p!["required"]?.GetValue<bool>() == true).Select(p => Text(p!, "name"))],
            [.. row["roles"]!.AsArray().Select(r => r!.GetValue<string>())], [.. paths.Select(_ => "HTTP"), .. queues.Select(_ => "bus")],
            Text(row, "reach"), row["needsStepUp"]!.GetValue<bool>(), row["toleratesStaleFacts"]!.GetValue<bool>());
    }

    private static IEnumerable<string> Required(Type contract) => contract.GetConstructors().Single().GetParameters().Where(p => !p.HasDefaultValue)
        .SelectMany(p => p.ParameterType.Assembly == contract.Assembly ? Required(p.ParameterType) : [p.Name!]);

    private static object[] Granted(string directive)
    {
        var (document, scopes) = (new DocumentReference("doc-1", 1, "en", new string('a', 64)), new[] { new ConsentScope(ScopeKinds.Treatment) });
        return
        [
            new ConsentProposed("client-1", directive, 1, document, scopes),
            new ConsentGranted("client-1", directive, 2, document, scopes, new Grantor("client-1", Grantor.Self), new Signature("typed-name", Now, new string('a', 64)), Now)
        ];
    }

    private static ClientConsents? Apply(ClientConsents? state, object e) => e switch
    {
        ConsentProposed proposed => state?.Apply(proposed) ?? ClientConsents.Create(proposed),
        ConsentGranted granted => state!.Apply(granted),
        ConsentWithdrawn withdrawn => state!.Apply(withdrawn),
        _ => throw new InvalidOperationException(e.GetType().Name)
    };

    private static bool Refused(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (RuleViolation e) when (e.Code == "role_not_permitted")
        {
            return true;
        }
    }

    private static Actor As(string role) => new("client-1", role, "north");

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
