using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class EnrolCourseValidator : AbstractValidator<EnrolCourse>
{
    public EnrolCourseValidator()
    {
        RuleFor(c => c.CourseId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Protocol).MustBeCode();
        RuleFor(c => c.ProtocolVersion).MustBeCode();
        RuleFor(c => c.Category).MustBeOneOf([CareCategories.Education, CareCategories.SelfGuided]);
        RuleFor(c => c.Modules)
            .Must(m => m is { Length: >= 1 and <= 100 } && m.All(Ids.AreValid) && m.Distinct().Count() == m.Length)
            .WithMessage("must be 1 to 100 different ids");
    }
}

public static class EnrolCourseAggregateHandler
{
    public static object[] Handle(EnrolCourse command, SelfGuidedCourse? state, ThreadFacts facts, DateTimeOffset now)
    {
        facts.By.MustSpeakFor(Parties.Client);
        if (state is not null)
            return (state.ClientId, state.Enrolment.Protocol, state.Enrolment.ProtocolVersion)
                == (command.ClientId, command.Protocol, command.ProtocolVersion)
                && state.Enrolment.Modules.SequenceEqual(command.Modules)
                ? []
                : throw new RuleViolation("course_exists", "This id belongs to another course.", "courseId");

        var enrolled = new CourseEnrolled(
            command.CourseId, command.ClientId, command.Protocol, command.ProtocolVersion, command.Category,
            command.Modules);
        // T1: to learn about something nobody has to say who they are, nor sign anything.
        if (command.Category == CareCategories.Education) return [enrolled];

        if (facts.Care?.Treatment(now) is null)
            throw new RuleViolation("consent_missing", "No consent to treatment holds.", "clientId");
        if (!facts.Care.IsKnownFor(command.Category, facts.Policy, now))
            throw new RuleViolation(
                "identity_insufficient", "This kind of care needs a better proof of identity.", "clientId");
        return
        [
            enrolled,
            new ForStream(
                ClientCare.StreamId(command.ClientId), typeof(ClientCare),
                new CourseListed(command.ClientId, command.CourseId))
        ];
    }
}
