using System.Text.Json.Nodes;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Worker.Channels.Email;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels.Email;

/// <summary>What an alert's mail says, as a person has read it.</summary>
public sealed class EmailMessageTests
{
    [Fact]
    public void Trigger_Mail_IsAsReviewed() => Matches("trigger", Some.Trigger());

    [Fact]
    public void Resolve_Mail_IsAsReviewed() => Matches("resolve", Some.Resolve());

    private static void Matches(string name, AlertMessage message)
    {
        using var mail = EmailMessage.Of(message, new EmailOptions { Name = "team", From = "alerts@example.com", To = "ops@example.com" }, message.At);
        Golden.Matches("Email", name, new JsonObject
        {
            ["subject"] = mail.Subject, ["id"] = mail.MessageId, ["inReplyTo"] = mail.InReplyTo,
            ["text"] = mail.TextBody!.ReplaceLineEndings("\n"), ["html"] = mail.HtmlBody!.ReplaceLineEndings("\n"),
        }.ToJsonString());
    }
}
