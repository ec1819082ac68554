using System.Globalization;

namespace Clinic.SystemTests;

/// <summary>A client who writes is answered within working days of their own clock, or somebody hears of it.</summary>
public sealed class AnsweringInTime(RunningClinic clinic)
{
    [Fact, Trait("Scenario", "T43")]
    public async Task An_answer_is_due_in_two_working_days_and_its_coming_is_told()
    {
        var walk = await new Walk(clinic).Consented();
        var due = await Write(walk, "Europe/London", workingDays: 2);
        (await clinic.Get("feedback", "/answers-due?all=true", Person.Supervisor(), purpose: null)).Accepted().Text.ShouldContain(walk.ClientId);
        (await clinic.Post("session.send-message.v1", new { threadId = Thread(walk), messageId = "answer", text = $"{Walk.Private} good morning" }, walk.Therapist)).Accepted();
        var met = await clinic.Ear.Wait("feedback.response-met.v1", "threadId", Thread(walk));
        (met["messageId"], met["inTime"], due > DateTimeOffset.UtcNow).ShouldBe(("m1", "true", true));
    }

    [Fact, Trait("Scenario", "T43")]
    public async Task An_answer_that_does_not_come_is_overdue_where_people_work_and_not_on_a_weekend()
    {
        var (working, resting) = (Zone(works: true), Zone(works: false));
        var late = working is null ? null : await new Walk(clinic).Consented();
        var waiting = resting is null ? null : await new Walk(clinic).Consented();
        // a clinic that promises an answer on the same working day, so that no test waits two of them
        await clinic["feedback"].DisposeAsync();
        try
        {
            await using var hasty = clinic["feedback"].Again(new() { ["Feedback__ResponseWorkingDays"] = "0" });
            hasty.Start();
            await hasty.Ready();
            if (waiting is not null) (await Write(waiting, resting!, workingDays: 0)).ShouldBeGreaterThan(DateTimeOffset.UtcNow, "the beginning of the next working day");
            if (late is not null)
            {
                await Write(late, working!, workingDays: 0);
                (await clinic.Ear.Wait("feedback.response-overdue.v1", "threadId", Thread(late)))["level"].ShouldBe("1");
                await Eventually.True(() => clinic.Ear.All.Any(e => e.Type == "notification.requested.v1" && e["template"] == "answer-late" && e["clientId"] == late.ClientId), "somebody told that an answer is late");
            }
        }
        finally
        {
            clinic["feedback"].Start();
            await clinic["feedback"].Ready();
        }
        if (waiting is not null) clinic.Ear.All.ShouldNotContain(e => e.Type == "feedback.response-overdue.v1" && e["threadId"] == Thread(waiting));
    }

    private static string Thread(Walk walk) => "th-" + walk.ClientId;

    /// <returns>When an answer is due, as the bus says, which must be so many working days later by the client's clock.</returns>
    private async Task<DateTimeOffset> Write(Walk walk, string zone, int workingDays)
    {
        (await clinic.Post("session.open-thread.v1",
            new { threadId = Thread(walk), walk.ClientId, practitionerId = walk.Therapist.Id, channel = "message", timeZone = zone }, walk.Client)).Accepted();
        var before = DateTimeOffset.UtcNow;
        (await clinic.Post("session.send-message.v1", new { threadId = Thread(walk), messageId = "m1", text = $"{Walk.Private} are you there" }, walk.Client)).Accepted();
        var said = await clinic.Ear.Wait("feedback.response-due-set.v1", "threadId", Thread(walk));
        var due = DateTimeOffset.Parse(said["dueAt"]!, CultureInfo.InvariantCulture);
        due.ShouldBeInRange(Due(before, zone, workingDays), Due(DateTimeOffset.UtcNow, zone, workingDays));
        return due;
    }

    // counted here on its own: days of the week, and nothing of the service
    private static DateTimeOffset Due(DateTimeOffset sent, string zone, int workingDays)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var local = TimeZoneInfo.ConvertTime(sent, clock).DateTime;
        if (Rests(local))
        {
            local = local.Date;
            while (Rests(local)) local = local.AddDays(1);
        }
        for (var left = workingDays; left > 0; left--)
            do local = local.AddDays(1); while (Rests(local));
        return new DateTimeOffset(local, clock.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>A place where it is a working day now, or a day of rest; null when that is nowhere.</summary>
    private static string? Zone(bool works) => new[] { "Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago" }.FirstOrDefault(
        zone => Rests(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime) != works);

    private static bool Rests(DateTime local) => local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
