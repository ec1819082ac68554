using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class AnswerOfferValidator : AbstractValidator<AnswerOffer>
{
    public AnswerOfferValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.OfferId).IsId();
        RuleFor(c => c.Answer).IsOneOf([.. Alternatives.All, Alternatives.Declined]);
    }
}

public static class AnswerOfferAggregateHandler
{
    public static object[] Handle(AnswerOffer command, Client? state, Actor by, DateTimeOffset now)
    {
        var technology = Client.Registered(state).Technology;
        var answered = new OfferAnswered(command.ClientId, command.OfferId, command.Answer);
        var offer = technology.Offers.FirstOrDefault(offer => offer.OfferId == command.OfferId)
            ?? throw new RuleViolation("offer_unknown", "Nothing was offered to this client under this id.", "offerId");
        if (command.Answer != Alternatives.Declined && !offer.Options.Contains(command.Answer))
            throw new RuleViolation("answer_not_offered", "This was not among what was offered.", "answer");
        // who changes their mind answers anew
        return technology.Answers.LastOrDefault(a => a.OfferId == command.OfferId) == answered ? [] : [answered];
    }
}
