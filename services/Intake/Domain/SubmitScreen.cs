using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.Instruments;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class SubmitScreenValidator : AbstractValidator<SubmitScreen>
{
    public SubmitScreenValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ScreenId).IsId();
        RuleFor(c => c.Instrument).IsOneOf(Phq9.Code, CSsrs.Code);
        RuleFor(c => c.Version).IsCode();
        RuleFor(c => c.Language).IsLanguage();
        RuleFor(c => c.OccurredAt).IsSane();
        // Missing answers are never refused: a client who stops half-way may have said the one thing that matters.
        When(c => c.Instrument == CSsrs.Code, () => Answers(CSsrs.ItemCount, CSsrs.MaxAnswer))
            .Otherwise(() =>
            {
                Answers(Phq9.ItemCount, Phq9.MaxAnswer);
                RuleFor(c => c.PastThreeMonths).Null().WithMessage("belongs to C-SSRS only");
            });
    }

    private void Answers(int count, int most)
    {
        RuleFor(c => c.Items).Must(items => items.Length == count)
            .WithMessage($"must hold {count} answers, null where missing");
        RuleForEach(c => c.Items).Must(item => item is null || (item >= 0 && item <= most))
            .WithMessage($"must be 0 to {most}, or null");
    }
}

public static class SubmitScreenAggregateHandler
{
    public static object[] Handle(SubmitScreen command, Client? state, Actor by, DateTimeOffset now)
    {
        var client = Client.Registered(state);
        var completed = Score(command, now);
        if (client.Screens.FirstOrDefault(screen => screen.ScreenId == command.ScreenId) is { } earlier)
            return Same(earlier, completed)
                ? []
                : throw new RuleViolation("screen_exists", "Another screen of this client has this id.", "screenId");

        // In the same append as the screen: there is no moment in which the risk is known and nothing follows from it.
        if (completed.ItemNineScore?.Value >= 1)
            return
            [
                completed,
                new FollowUpScreenRequested(
                    command.ClientId, command.ScreenId, CSsrs.Code, "phq-9-item-9", client.ContactPossible),
                .. Unreachable(client, command.ScreenId), .. client.TellSurvivor(command.ScreenId, "linked-record", RiskTiers.Moderate)
            ];
        if (completed is { Instrument: CSsrs.Code, Band: CSsrs.High } && !client.InCrisis)
            return
            [
                completed,
                new CrisisPathwayActivated(command.ClientId, "c-ssrs-high", command.ScreenId, client.ContactPossible),
                .. Unreachable(client, command.ScreenId), .. client.TellSurvivor(command.ScreenId, "linked-record", RiskTiers.High)
            ];
        return [completed];
    }

    /// <summary>Whom nobody can call is shown at once whom they can call.</summary>
    private static object[] Unreachable(Client client, string screenId) =>
        client.ContactPossible ? [] : [new CrisisInformationGiven(client.ClientId, screenId, client.Registration!.Region, ContactPossible: false)];

    private static ScreeningCompleted Score(SubmitScreen command, DateTimeOffset now)
    {
        var isPhq9 = command.Instrument == Phq9.Code;
        var score = isPhq9 ? Phq9.Score(command.Items) : CSsrs.Score(command.Items, command.PastThreeMonths);
        return new ScreeningCompleted(
            command.ClientId, command.ScreenId, command.Instrument, command.Version, command.Language, command.Items,
            score.ScorerVersion, score.Validity, score.Total, score.Band,
            isPhq9 && Phq9.ItemNine(command.Items) is { } nine ? new Personal<int>(nine) : null,
            command.PastThreeMonths is { } recent ? new Personal<bool>(recent) : null,
            command.OccurredAt, Clocks.Ahead(command.OccurredAt, now), now);
    }

    private static bool Same(ScreeningCompleted a, ScreeningCompleted b) =>
        // by what was answered, not by what a later scorer makes of it
        a.Items == b.Items && a.PastThreeMonths == b.PastThreeMonths
        && (a.Instrument, a.Version, a.Language, a.OccurredAt) == (b.Instrument, b.Version, b.Language, b.OccurredAt);
}
