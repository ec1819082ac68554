using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class DraftNoteValidator : AbstractValidator<DraftNote>
{
    public DraftNoteValidator()
    {
        RuleFor(c => c.NoteId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Kind).MustBeOneOf(NoteKinds.All);
        RuleFor(c => c.Text).MustBeText();
        RuleFor(c => c.Labels).NotNull().MustBeLabels();
        RuleFor(c => c.SessionId).MustBeId().When(c => c.SessionId is not null);
        // 45 CFR 164.501: a psychotherapy note excludes start and stop times, so it has no place for them.
        RuleFor(c => c.StartedAt).Null().When(c => c.Kind == NoteKinds.Psychotherapy)
            .WithMessage("belongs to the progress note");
        RuleFor(c => c.EndedAt).Null().When(c => c.Kind == NoteKinds.Psychotherapy)
            .WithMessage("belongs to the progress note");
        RuleFor(c => c.EndedAt).Must((c, end) => !(end < c.StartedAt)).WithMessage("must not be before the start");
    }
}

public static class DraftNoteAggregateHandler
{
    /// <summary>What every psychotherapy note is labelled with (HL7 v3 ActCode).</summary>
    public const string PsychotherapyLabel = "PSYTHPN";

    public static object[] Handle(DraftNote command, ClinicalNote? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter))
            throw new RuleViolation("role_not_permitted", "A note is written by whoever was there.");
        if (state is not null && (state.AuthorId, state.ClientId) != (by.Id, command.ClientId))
            throw new RuleViolation("note_exists", "This id belongs to another note.", "noteId");
        if (state is { Status: not NoteStatus.Draft })
            throw new RuleViolation("note_signed", "A signed note is amended.", "noteId");

        string[] labels = command.Kind == NoteKinds.Psychotherapy
            ? [.. command.Labels.Append(PsychotherapyLabel).Distinct().Order(StringComparer.Ordinal)]
            : command.Labels;
        if (state is not null && state.Draft == (Personal<string>)command.Text && state.Labels.SequenceEqual(labels)
            && (state.SessionId, state.StartedAt, state.EndedAt) == (command.SessionId, command.StartedAt, command.EndedAt))
            return [];
        return command.Kind == NoteKinds.Psychotherapy
            ?
            [
                new PsychotherapyNoteDrafted(
                    command.NoteId, command.ClientId, by.Id, labels, command.Text, command.SessionId)
            ]
            :
            [
                new NoteDrafted(
                    command.NoteId, command.ClientId, by.Id, labels, command.Text, command.SessionId,
                    command.StartedAt, command.EndedAt)
            ];
    }
}
