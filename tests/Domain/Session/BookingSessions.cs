using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class BookingSessions
{
    private static readonly BookSession Book = new(
        "ses-1", Some.Client, "ther-1", "video", Some.Tomorrow, 50, "Europe/Berlin", "platform-1");

    private readonly BookSessionValidator validator = new();

    private static BookingFacts Facts(params object[] care) =>
        new(Spec.Therapist, Spec.Fold<ClientCare>([.. care, Some.Identity, Some.Education]), Some.Platform);

    private static readonly BookingFacts Ready = new(Spec.Therapist, Some.Care(), Some.Platform);

    [Fact]
    public void a_booking_is_listed_in_the_clients_care() =>
        Spec.Given<TherapySession>().When(Book, BookSessionAggregateHandler.Handle, Ready)
            .Then(Some.Scheduled, Some.ToCare(Some.Listed));

    [Fact]
    public void a_client_may_book() =>
        Spec.Given<TherapySession>()
            .When(Book, BookSessionAggregateHandler.Handle, Ready with { By = Spec.ClientActor })
            .Then(Some.Scheduled, Some.ToCare(Some.Listed));

    [Fact]
    public void booking_twice_changes_nothing_even_when_it_is_over()
    {
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Book, BookSessionAggregateHandler.Handle, Facts()).ThenNothing();
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, Some.Ended)
            .When(Book, BookSessionAggregateHandler.Handle, Ready, Some.Tomorrow.AddDays(1)).ThenNothing();
    }

    [Fact]
    public void one_id_is_one_session() =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Book with { PlannedMinutes = 25 }, BookSessionAggregateHandler.Handle, Ready)
            .ThenViolates("session_exists", "sessionId");

    [Fact]
    public void a_session_is_booked_before_it_starts() =>
        Spec.Given<TherapySession>()
            .When(Book with { StartsAt = Some.Now.AddMinutes(-6) }, BookSessionAggregateHandler.Handle, Ready)
            .ThenViolates("starts_in_past", "startsAt");

    [Fact]
    public void a_session_is_not_booked_years_ahead() =>
        Spec.Given<TherapySession>()
            .When(Book with { StartsAt = Some.Now.AddDays(367) }, BookSessionAggregateHandler.Handle, Ready)
            .ThenViolates("starts_too_far_ahead", "startsAt");

    [Fact]
    public void a_client_nothing_is_known_of_cannot_be_booked() =>
        Spec.Given<TherapySession>().When(Book, BookSessionAggregateHandler.Handle, Facts())
            .ThenViolates("consent_missing", "clientId");

    [Fact]
    public void consent_to_treatment_is_needed() =>
        Spec.Given<TherapySession>()
            .When(
                Book, BookSessionAggregateHandler.Handle,
                Facts(Some.Consent with { Scopes = [Some.Video] }, Some.Suitability))
            .ThenViolates("consent_missing", "clientId");

    [Fact]
    public void consent_must_hold_now_and_at_the_start()
    {
        Spec.Given<TherapySession>()
            .When(
                Book, BookSessionAggregateHandler.Handle,
                Facts(Some.Consent with { ExpiresAt = Some.Tomorrow }, Some.Suitability))
            .ThenViolates("consent_missing", "clientId");
        Spec.Given<TherapySession>()
            .When(
                Book, BookSessionAggregateHandler.Handle,
                Facts(Some.Consent with { ValidFrom = Some.Now.AddHours(1) }, Some.Suitability))
            .ThenViolates("consent_missing", "clientId");
    }

    [Fact]
    public void consent_to_this_modality_is_needed() =>
        Spec.Given<TherapySession>()
            .When(Book with { Modality = "text" }, BookSessionAggregateHandler.Handle, Ready)
            .ThenViolates("modality_consent_missing", "modality");

    [Fact]
    public void a_suitability_decision_is_needed() =>
        Spec.Given<TherapySession>().When(Book, BookSessionAggregateHandler.Handle, Facts(Some.Consent))
            .ThenViolates("suitability_missing", "clientId");

    [Fact]
    public void the_suitability_decision_must_allow_it()
    {
        foreach (var suitability in new[]
        {
            Some.Suitability with { Decision = "not-suitable" },
            Some.Suitability with { Modalities = ["text"] },
            Some.Suitability with { ReviewBy = new(2026, 3, 1) }
        })
            Spec.Given<TherapySession>()
                .When(Book, BookSessionAggregateHandler.Handle, Facts(Some.Consent, suitability))
                .ThenViolates("suitability_refused", "modality");
    }

    [Fact]
    public void a_decision_with_limits_allows_what_it_lists_up_to_its_review_day()
    {
        var limited = Some.Suitability with { Decision = "online-with-limits", ReviewBy = new(2026, 3, 2) };
        Spec.Given<TherapySession>()
            .When(Book, BookSessionAggregateHandler.Handle, Facts(Some.Consent, limited))
            .Then(Some.Scheduled, Some.ToCare(Some.Listed));
    }

    [Fact, Trait("Scenario", "T2")]
    public void who_is_not_known_well_enough_does_not_book_a_therapist()
    {
        var care = Spec.Fold<ClientCare>(Some.Consent, Some.Suitability, Some.Plan);
        Spec.Given<TherapySession>().When(Book, BookSessionAggregateHandler.Handle, Ready with { Care = care })
            .ThenViolates("identity_insufficient", "clientId");
    }

    [Fact, Trait("Scenario", "T59")]
    public void a_platform_must_be_approved_and_one_that_collects_for_advertising_agreed_to()
    {
        Spec.Given<TherapySession>().When(Book, BookSessionAggregateHandler.Handle, Ready with { Platform = null })
            .ThenViolates("platform_not_approved", "platformId");
        var collects = Ready with { Platform = Platform.Create(Some.Approved with { CollectsForAdvertising = true }) };
        Spec.Given<TherapySession>().When(Book, BookSessionAggregateHandler.Handle, collects)
            .ThenViolates("platform_consent_missing", "platformId");
        var agreed = Some.Consent with
        {
            DirectiveId = "dir-2",
            Scopes = [new Clinic.Contracts.Consent.ConsentScope("platform", "platform-1")]
        };
        Spec.Given<TherapySession>().When(Book, BookSessionAggregateHandler.Handle, collects with { Care = Some.Care(agreed) })
            .Then(Some.Scheduled, Some.ToCare(Some.Listed));
    }

    [Fact, Trait("Scenario", "T59")]
    public void a_platform_the_client_said_no_to_is_not_booked_in_this_record_or_a_linked_one()
    {
        var no = Some.Consent with
        {
            DirectiveId = "dir-2",
            Status = Clinic.Session.Domain.ConsentNoted.Refused,
            Scopes = [new Clinic.Contracts.Consent.ConsentScope("platform", "platform-1")]
        };
        Spec.Given<TherapySession>().When(Book, BookSessionAggregateHandler.Handle, Ready with { Care = Some.Care(no) })
            .ThenViolates("platform_refused", "platformId");
        var linked = Ready with { Linked = [Spec.Fold<ClientCare>(no with { ClientId = "client-2" })!] };
        Spec.Given<TherapySession>().When(Book, BookSessionAggregateHandler.Handle, linked)
            .ThenViolates("platform_refused", "platformId");
    }

    [Fact]
    public void a_session_that_is_near_is_announced_at_once()
    {
        var soon = Some.Now.AddHours(3);
        Spec.Given<TherapySession>().When(Book with { StartsAt = soon }, BookSessionAggregateHandler.Handle, Ready)
            .Then(
                Some.Scheduled with { StartsAt = soon },
                new ReminderRequested("ses-1", Some.Client, "appointment-ses-1-202603021200", soon),
                Some.ToCare(Some.Listed with { StartsAt = soon }));
    }

    [Fact]
    public void a_group_remembers_its_sessions() =>
        Spec.Given<TherapySession>().When(Book with { GroupId = "g-1" }, BookSessionAggregateHandler.Handle, Ready)
            .Then(
                Some.Scheduled with { GroupId = "g-1" }, Some.ToCare(Some.Listed),
                new Clinic.Contracts.ForStream("group-g-1", typeof(SessionGroup), new SessionGrouped("g-1", "ses-1", Some.Client)));

    [Fact]
    public void a_client_does_not_book_into_a_group() =>
        Spec.Given<TherapySession>()
            .When(Book with { GroupId = "g-1" }, BookSessionAggregateHandler.Handle, Ready with { By = Spec.ClientActor })
            .ThenViolates("role_not_permitted", "groupId");

    [Theory]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Service)]
    public void bystanders_do_not_book(string role) =>
        Spec.Given<TherapySession>()
            .When(Book, BookSessionAggregateHandler.Handle, Ready with { By = new Actor("x", role, "north") })
            .ThenViolates("role_not_permitted");

    [Fact]
    public void every_field_is_checked_by_name()
    {
        validator.Validate(Book).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Book with { SessionId = "" }, "SessionId");
        validator.ShouldBeInvalid(Book with { ClientId = "A B" }, "ClientId");
        validator.ShouldBeInvalid(Book with { PractitionerId = null! }, "PractitionerId");
        validator.ShouldBeInvalid(Book with { Modality = "telepathy" }, "Modality");
        validator.ShouldBeInvalid(Book with { StartsAt = default }, "StartsAt");
        validator.ShouldBeInvalid(Book with { PlannedMinutes = 4 }, "PlannedMinutes");
        validator.ShouldBeInvalid(Book with { PlannedMinutes = 481 }, "PlannedMinutes");
        validator.ShouldBeInvalid(Book with { TimeZone = "+01:00" }, "TimeZone");
        validator.ShouldBeInvalid(Book with { TimeZone = null! }, "TimeZone");
        validator.ShouldBeInvalid(Book with { TimeZone = new string('x', 65) }, "TimeZone");
        validator.ShouldBeInvalid(Book with { PlatformId = "Platform 1" }, "PlatformId");
        validator.ShouldBeInvalid(Book with { PlatformId = null }, "PlatformId");
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Etc/GMT+5")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("America/Port-au-Prince")]
    public void real_time_zones_pass(string timeZone) =>
        validator.Validate(Book with { TimeZone = timeZone }).IsValid.ShouldBeTrue();

    [Fact]
    public void meeting_in_person_needs_no_platform() =>
        validator.Validate(Book with { Modality = Modalities.InPerson, PlatformId = null }).IsValid.ShouldBeTrue();
}
