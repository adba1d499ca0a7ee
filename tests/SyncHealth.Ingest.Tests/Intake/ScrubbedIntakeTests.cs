using System.Text;
using SyncHealth.Ingest.Otlp;
using SyncHealth.Ingest.Tests.Support;
using Xunit;

namespace SyncHealth.Ingest.Tests.Intake;

/// <summary>Reliability G1 and G4: every text of an event that is stored, over every transport, and none that is only hashed.</summary>
public sealed class ScrubbedIntakeTests
{
    private const string Secret = "ada@example.org";
    private const string Resource = """{"app":"notes","deviceId":"ada@example.org","userRef":"ada@example.org","appVersion":"1-ada@example.org","os":"os ada@example.org","osVersion":"1 ada@example.org","environment":"of ada@example.org","deviceModel":"phone of ada@example.org","tags":{"mail ada@example.org":"to ada@example.org"}}""";
    private const string Fields = """
        "success":false,"appVersion":"2-ada@example.org","os":"x ada@example.org","osVersion":"2 ada@example.org","error":{"kind":"server","code":"no ada\u0040example.org"},
        "conflictCount":1,"conflicts":[{"entity":"note of ada@example.org","strategy":"lww"}],"failures":[{"entity":"photo of ada@example.org","code":"for ada@example.org"}],
        "deferred":[{"reason":"by ada@example.org","count":1}]
        """;

    [Fact]
    public void Take_EveryStoredText_IsScrubbed()
    {
        var taken = Taking.OfEvent(Fields, Resource, """ "dropped":[{"reason":"of ada@example.org","count":2}],""");

        var texts = Texts(taken).ToArray();
        Assert.DoesNotContain(texts, text => text.Contains("ada", StringComparison.Ordinal));
        // Environment, version, system and its version, error, details, conflict; model and tags; what was dropped.
        Assert.Equal(10, texts.Length);
        Assert.All(texts, text => Assert.Contains("[email]", text, StringComparison.Ordinal));
        Assert.True(taken.Adjustments.Redacted >= 14, $"{taken.Adjustments.Redacted} redacted");
    }

    /// <summary>Ids are hashed as they were sent: scrubbed, all users whose reference is an address would be one.</summary>
    [Fact]
    public void Take_IdsThatLookPersonal_KeepTheirOwnKeys()
    {
        var one = Assert.Single(Taking.OfEvent("", """{"app":"notes","deviceId":"ada@example.org","userRef":"ada@example.org"}""").Batch.Events);
        var other = Assert.Single(Taking.OfEvent("", """{"app":"notes","deviceId":"bob@example.org","userRef":"bob@example.org"}""").Batch.Events);
        Assert.NotEqual(one.DeviceKey, other.DeviceKey);
        Assert.NotEqual(one.UserKey, other.UserKey);
    }

    [Fact]
    public void Take_OtlpResource_IsScrubbedButForIds()
    {
        const string Body = """
            {"resourceLogs":[{"resource":{"attributes":[
              {"key":"service.name","value":{"stringValue":"notes"}},{"key":"service.version","value":{"stringValue":"1 ada@example.org"}},
              {"key":"os.name","value":{"stringValue":"x ada@example.org"}},{"key":"device.model.identifier","value":{"stringValue":"of ada@example.org"}},
              {"key":"app.installation.id","value":{"stringValue":"ada@example.org"}},{"key":"cohort","value":{"stringValue":"ada@example.org"}}]},
             "scopeLogs":[{"logRecords":[{"eventName":"sync.attempt","timeUnixNano":"1795334398000000000","attributes":[
              {"key":"sync.type","value":{"stringValue":"delta"}},{"key":"sync.success","value":{"boolValue":false}},{"key":"sync.duration_ms","value":{"intValue":"1"}},
              {"key":"sync.error.kind","value":{"stringValue":"server"}},{"key":"error.type","value":{"stringValue":"no ada@example.org"}},
              {"key":"sync.deferred.for ada@example.org","value":{"intValue":"1"}}]}]}]}]}
            """;

        var taken = Taking.Of(Encoding.UTF8.GetBytes(Body), decode: OtlpJsonDecoder.Decode);

        Assert.DoesNotContain(Texts(taken), text => text.Contains("ada", StringComparison.Ordinal));
        Assert.Equal(Taking.OfEvent("", """{"app":"notes","deviceId":"ada@example.org"}""").Batch.Events[0].DeviceKey, Assert.Single(taken.Batch.Events).DeviceKey);
    }

    /// <summary>An address that begins inside what is kept and ends beyond it.</summary>
    [Fact]
    public void Take_SecretAcrossTheCut_LeavesNoPartOfItself()
    {
        var pad = new string('x', 1015) + " ";
        var code = Assert.Single(Taking.OfEvent($$""" "success":false,"error":{"kind":"server","code":"{{pad}}{{Secret}} and more"} """).Batch.Events).ErrorCode!;
        Assert.DoesNotContain("ada", code, StringComparison.Ordinal);
        Assert.StartsWith("xxx", code, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(Taking taken)
    {
        foreach (var row in taken.Batch.Events)
        {
            var key = row.Segment;
            foreach (var text in new[] { key.Environment, key.AppVersion, key.Os, key.OsVersion, row.ErrorCode ?? "", row.DetailsJson ?? "" })
                yield return text;
            foreach (var conflict in row.Conflicts ?? [])
                yield return conflict.Entity;
        }

        foreach (var profile in taken.Batch.Profiles)
        {
            yield return profile.DeviceModel;
            yield return profile.TagsJson;
        }

        foreach (var drop in taken.Batch.Drops)
            yield return drop.Reason;
    }
}
