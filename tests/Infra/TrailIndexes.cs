namespace Clinic.Tests.Infra;

/// <summary>What auditors ask must be answered from an index: behind row-level security a condition that may leak never is.</summary>
public sealed class TrailIndexes(Stack stack)
{
    [Theory]
    [InlineData("practitioner_id = 'p-7'", "trail_by_practitioner")]
    [InlineData("recipient_id = 'r-7'", "trail_by_recipient")]
    [InlineData("actor = 'a-7'", "trail_by_actor")]
    [InlineData("(type collate \"C\" >= 'keys.destroyed.' and type collate \"C\" < E'keys.destroyed.\\x7f')", "trail_by_type_name")]
    public async Task each_question_has_its_own(string question, string index)
    {
        await using var audit = await stack.NewDatabase("audit", ServiceSchemas.Of("audit"));
        await audit.AsSuperuser("""
            insert into views.trail (tenant_id, position, producer, sequence, type, event_id, at, actor, body)
            select 'north', g, 'consent', g, 'consent.granted.v1', g::text, now() - g * interval '1 second', 'a-' || g % 500,
                jsonb_build_object('practitionerId', 'p-' || g % 500, 'recipientId', 'r-' || g % 500) from generate_series(1, 5000) g;
            analyze views.trail
            """);
        var plan = await audit.Column<string>($"""
            set role audit_app; set clinic.tenants = 'north';
            explain select * from views.trail where tenant_id = 'north' and {question} order by at, producer, sequence limit 500
            """);
        plan.ShouldContain(line => line.Contains(index, StringComparison.Ordinal), string.Join('\n', plan));
    }
}
