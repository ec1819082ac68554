using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class TeachingSafety
{
    private static readonly Actor Self = new("client-1", Roles.Client, "north");
    private static readonly EducationDelivered Delivered = new("client-1", "online-safety", 1, "en");
    private static readonly AcknowledgeContent Read = new("client-1", "online-safety", 1);
    private static readonly SafetyEducationAcknowledged Acknowledged = new("client-1", "online-safety", 1);

    [Fact]
    public void content_is_delivered_once_per_version_and_language()
    {
        var command = new DeliverContent("client-1", "online-safety", 1, "en");
        Spec.Given<Client>(Sample.Registered).When(command, DeliverContentAggregateHandler.Handle, Spec.Therapist).Then(Delivered);
        Spec.Given<Client>(Sample.Registered, Delivered).When(command, DeliverContentAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Delivered).When(command with { Version = 2 }, DeliverContentAggregateHandler.Handle, Spec.Therapist)
            .Then(Delivered with { Version = 2 });
        new DeliverContentValidator().ShouldBeInvalid(command with { Version = 0 }, "Version");
        new DeliverContentValidator().ShouldBeInvalid(command with { Language = "Englisch" }, "Language");
    }

    [Fact]
    public void the_client_acknowledges_the_version_that_was_delivered()
    {
        Spec.Given<Client>(Sample.Registered, Delivered).When(Read, AcknowledgeContentAggregateHandler.Handle, Self).Then(Acknowledged);
        Spec.Given<Client>(Sample.Registered, Delivered, Acknowledged).When(Read, AcknowledgeContentAggregateHandler.Handle, Self).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Delivered).When(Read with { Version = 2 }, AcknowledgeContentAggregateHandler.Handle, Self)
            .ThenViolates("content_not_delivered", "version");
        new AcknowledgeContentValidator().ShouldBeInvalid(Read with { ContentId = "" }, "ContentId");
    }

    [Fact]
    public void nobody_reads_for_somebody_else()
    {
        foreach (var by in new[] { Spec.Therapist, Spec.Operator, Self with { Id = "client-2" } })
            Spec.Given<Client>(Sample.Registered, Delivered).When(Read, AcknowledgeContentAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
    }
}
