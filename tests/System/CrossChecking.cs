using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>What audit recorded of a service, against what that service has sealed and signed; asked of audit alone.</summary>
public sealed class CrossChecking(RunningClinic clinic)
{
    private const string Service = "feedback";
    private const string Unlock = "alter table public.mt_events disable trigger user; ";
    private const string Lock = "alter table public.mt_events enable trigger user; alter table public.mt_events enable always trigger append_only";

    private Ledger Audit => clinic.Ledger("audit");

    [Fact]
    public async Task every_public_event_is_found_sealed_in_its_owners_log_and_one_that_was_rewritten_is_named_once()
    {
        await Grow();
        await Eventually.True(async () => await Check() is var c && Number(c, "sequence") == Number(c, "last") && Number(c, "last") > 0 && Number(c, "size") > 0, "everything compared", 60);
        var sequence = Number(await Check(), "last");
        (await Check())["findings"]!.AsArray().Count.ShouldBe(0);
        await Eventually.True(async () => Number(await Check("intake"), "sequence") > 0, "intake's, too", 60);
        foreach (var other in RunningClinic.Producers) (await Check(other))["findings"]!.AsArray().ShouldNotContain(finding => finding!["why"]!.GetValue<string>() != "log-differs", other);

        // somebody rewrites audit's copy; and the row of the finding fails the first time
        await Audit.Execute(Unlock + Edit(sequence, "'\"00' || substr(data ->> 'eventHash', 3) || '\"'") + Lock);
        await Audit.Execute("""
            create function public.fails() returns trigger language plpgsql as 'begin raise exception ''not now''; end';
            create trigger fails before insert on clinic.cross_check_finding for each row execute function public.fails()
            """);
        var was = await Audit.Value<string>("select event_hash from views.trail where producer = $1 and sequence = $2", Service, sequence);
        await Anew();
        await Grow();
        var raised = "select count(*) from public.mt_events where stream_id like 'incident-cross-check-feedback-%' and type = 'security_incident_raised' and tenant_id = 'north'";
        await Eventually.True(async () => await Audit.Value<long>(raised) == 1, "the incident", 60);
        (await Check())["findings"]!.AsArray().Count.ShouldBe(0);
        await Audit.Execute("drop trigger fails on clinic.cross_check_finding; drop function public.fails()");
        await Eventually.True(async () => (await Check())["findings"]!.AsArray().Count > 0, "the finding", 60);
        var finding = (await Check())["findings"]!.AsArray().ShouldHaveSingleItem()!;
        (finding["why"]!.GetValue<string>(), Number(finding, "from"), Number(finding, "upTo")).ShouldBe(("hash-differs", sequence, sequence));
        (await Audit.Value<long>(raised)).ShouldBe(1);
        await Eventually.True(async () => (await Alarms()).Contains("cross-check-" + Service, StringComparison.Ordinal), "the alarm");
        // the other clinic's events agree
        (await clinic.Get("audit", "/cross-check", Person.Auditor(Person.South), purpose: null)).Accepted().Text.ShouldNotContain("hash-differs");

        // it is put right, looked at and closed, and found no more
        await Audit.Execute(Unlock + Edit(sequence, $"'\"{was}\"'") + Lock);
        await AuditLogs.Close(clinic, "cross-check-" + Service);
        await Grow();
        await Eventually.True(async () => !(await Alarms()).Contains("cross-check-", StringComparison.Ordinal), "no alarm", 60);
        (await Audit.Value<long>(raised)).ShouldBe(1);
    }

    [Fact]
    public async Task entries_that_do_not_lead_to_what_was_signed_are_not_believed_and_an_incident()
    {
        const string liar = "intake";
        await Grow();
        await Eventually.True(() => Audit.Value<bool>("select exists (select from clinic.heard_checkpoint where service = $1 and verdict = 'consistent' and size > 0)", liar), "a checkpoint", 40);
        var size = await Audit.Value<long>("select min(size) from clinic.heard_checkpoint where service = $1 and verdict = 'consistent' and size > 0", liar);
        await Eventually.True(async () =>
        {
            await Anew(liar);
            // one alone is asked for again
            await AuditLogs.PublishEntries(clinic, liar, 0, new byte[40 * size]);
            await AuditLogs.PublishEntries(clinic, liar, 0, new byte[40 * size]);
            return await Audit.Value<bool>("select exists (select from clinic.cross_check_finding where service = $1 and why = 'log-differs')", liar);
        }, "the finding", 60);
        await AuditLogs.Close(clinic, "cross-check-" + liar);
        // what the log really has is compared again
        await Eventually.True(async () => Number(await Check(liar), "size") > 0, "the comparison", 60);
    }

    [Fact]
    public async Task what_has_no_place_in_audits_own_log_yet_is_waited_for()
    {
        await Grow();
        await Eventually.True(async () => await Check() is var c && Number(c, "sequence") == Number(c, "last") && Number(c, "size") > 0, "everything compared", 60);
        var before = await Audit.Value<long>("select count(*) from clinic.cross_check_finding where service = $1", Service);
        var size = Number(await Check(), "size");
        // nobody gives positions meanwhile
        var held = Audit.Execute("begin; lock table clinic.log in share mode; select pg_sleep(8); commit");
        await Grow();
        await held;
        await Eventually.True(async () => Number(await Check(), "size") > size, "the comparison", 60);
        await Grow();
        await Eventually.True(async () => await Check() is var c && Number(c, "sequence") == Number(c, "last") && Number(c, "last") > 0, "everything compared again", 60);
        (await Audit.Value<long>("select count(*) from clinic.cross_check_finding where service = $1", Service)).ShouldBe(before);
    }

    private static string Edit(long sequence, string hash) =>
        $"update public.mt_events set data = jsonb_set(data, '{{eventHash}}', ({hash})::jsonb) where stream_id = 'from-{Service}' and type = 'public_event_recorded' and (data ->> 'sequence')::bigint = {sequence}; ";

    private async Task Grow() => (await clinic.Get(Service, "/alerts", Person.Supervisor())).Accepted();

    private Task Anew(string service = Service) => Audit.Execute($"delete from clinic.cross_check_page where service = '{service}'; delete from clinic.cross_check where service = '{service}'");

    private async Task<JsonNode> Check(string service = Service) =>
        (await clinic.Get("audit", "/cross-check", Person.Auditor(), purpose: null)).Accepted().Body.AsArray().Single(row => row!["service"]!.GetValue<string>() == service)!;

    private static long Number(JsonNode row, string member) => row[member]!.GetValue<long>();

    private async Task<string> Alarms() => (await clinic["audit"].Health("ready"))!.Text;
}
