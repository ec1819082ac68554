namespace Clinic.Cli.Simulate;

/// <summary>What becomes of one week's meeting.</summary>
public enum Meeting { Held, Interrupted, Cancelled, Missed }

/// <summary>One week of one client.</summary>
/// <param name="Answers">To the PHQ-9, nine of 0 to 3.</param>
/// <param name="Writes">Whether the client writes to the therapist.</param>
/// <param name="SentTwice">Whether this week's commands are each sent again, as by a sender that saw no answer.</param>
public sealed record Week(Meeting Meeting, int[] Answers, bool Writes, bool SentTwice);

/// <summary>
/// What one client will do, drawn before anything is sent: the same for a seed, whatever the services answer and how fast.
/// Shares follow published figures of large services (about 12 of 100 appointments are missed); the rest is made up.
/// </summary>
/// <param name="Shares">Week after which the client lets a neighbouring clinic know of attendance; null for never.</param>
/// <param name="Withdraws">Week after which the client withdraws everything; null for never.</param>
public sealed record Plan(int Client, Week[] Weeks, int? Shares, int? Withdraws)
{
    public static Plan Of(int seed, int client, int weeks)
    {
        // a seeded Random draws the same numbers on every platform and version
        var random = new Random(unchecked((seed * 1_000_003) + client));
        bool Chance(int percent) => random.Next(100) < percent;
        var burden = random.Next(1, 4);
        var planned = new Week[weeks];
        for (var week = 0; week < weeks; week++)
        {
            // most get better, slowly
            if (Chance(25) && burden > 0) burden--;
            var meeting = random.Next(100) switch { < 12 => Meeting.Missed, < 20 => Meeting.Cancelled, < 26 => Meeting.Interrupted, _ => Meeting.Held };
            int[] answers = [.. Enumerable.Range(0, 8).Select(_ => Math.Clamp(burden + random.Next(-1, 2), 0, 3)), Chance(6) ? 1 : 0];
            planned[week] = new Week(meeting, answers, Chance(40), Chance(10));
        }
        int? When(int percent) => Chance(percent) ? random.Next(weeks) : null;
        return new Plan(client, planned, When(20), When(8));
    }
}
