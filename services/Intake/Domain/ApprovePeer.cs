using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class ApprovePeerValidator : AbstractValidator<ApprovePeer>
{
    public ApprovePeerValidator()
    {
        RuleFor(c => c.PractitionerId).IsId();
        RuleFor(c => c.Scope).NotEmpty().HasAtMost(10);
        RuleForEach(c => c.Scope).IsCode();
        RuleFor(c => c.ReviewBy).IsSane();
    }
}

public static class ApprovePeerAggregateHandler
{
    public static object[] Handle(ApprovePeer command, Practitioner? state, Actor by, DateTimeOffset now)
    {
        Supervisors.MustBeAnother(by, command.PractitionerId);
        var approved = new PeerSupporterApproved(command.PractitionerId, command.Scope, by.Id, command.ReviewBy);
        if (state?.Peer is { } latest && latest.Scope.SequenceEqual(approved.Scope) && latest with { Scope = approved.Scope } == approved) return [];
        return command.ReviewBy < DateOnly.FromDateTime(now.UtcDateTime)
            ? throw new RuleViolation("review_in_past", "The approval's review is already overdue.", "reviewBy")
            : [approved];
    }
}
