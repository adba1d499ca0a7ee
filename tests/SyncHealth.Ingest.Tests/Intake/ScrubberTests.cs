using System.Reflection;
using System.Text.RegularExpressions;
using SyncHealth.Ingest.Intake;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Ingest.Tests.Intake;

/// <summary>Reliability G4: what is personal or secret leaves a text before it is stored, names stay names.</summary>
public sealed class ScrubberTests
{
    [Theory]
    [InlineData("mail ada@example.org now", "mail [email] now")]
    [InlineData("ADA.L+x@mail.example.co.uk", "[email]")]
    [InlineData("ada%40example.org", "[email]")]
    [InlineData("jürgen@münchen.example", "[email]")]
    [InlineData("10.0.0.1:8080", "[ip]:8080")]
    [InlineData("connect to 203.0.113.9.", "connect to [ip].")]
    [InlineData("[::1]:80", "[[ip]]:80")]
    [InlineData("from 2001:db8::1.", "from [ip].")]
    [InlineData("::ffff:10.1.2.3", "[ip]")]
    [InlineData("aa:bb:cc:dd:ee:ff", "[mac]")]
    [InlineData("Bearer abcdefgh12345678", "Bearer [token]")]
    [InlineData("authorization: Bearer abcdefgh12345678", "authorization:[token] [token]")]
    [InlineData("?token=abc&x=1", "?token=[token]&x=1")]
    [InlineData("\"password\": \"hunter2\"", "\"password\":[token]\"")]
    [InlineData("eyJhbGciOi.eyJzdWIi.c2ln", "[token]")]
    [InlineData("ghp_0123456789abcdef0123", "[token]")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "[token]")]
    [InlineData("0193c5a2-7b1c-7000-8000-000000000001", "[token]")]
    [InlineData("4111 1111 1111 1111", "[card]")]
    [InlineData("http_503 4111111111111111 34", "http_[card]")]
    [InlineData("+49 170 1234567", "[phone]")]
    [InlineData("(555) 123-4567", "[phone]")]
    [InlineData("01701234567", "[phone]")]
    [InlineData("open '/Users/Ada Lovelace/Library/notes.db' failed", "open '[path]' failed")]
    [InlineData(@"C:\Users\Ada Lovelace\notes.db", "[path]")]
    [InlineData(@"\\server\share\ada", "[path]")]
    [InlineData("ENOENT:/data/ada/notes.db", "ENOENT:[path]")]
    [InlineData("and/or /data/ada/x", "and/or [path]")]
    [InlineData("https://u:p@host.example/a?b=c#d", "https://host.example/[path]")]
    [InlineData("https://h/x and /data/ada/f", "https://h/[path] and [path]")]
    [InlineData("file:///data/ada/x", "file://[path]")]
    public void Scrub_Personal_BecomesAWord(string text, string expected) => Assert.Equal(expected, Scrubber.Scrub(text, ScrubScope.Label));

    [Theory]
    [InlineData("")]
    [InlineData("http_503")]
    [InlineData("System.Net.Http.HttpRequestException")]
    [InlineData("SocketException_10054")]
    [InlineData("NSURLErrorNotConnectedToInternet1009")]
    [InlineData("android_permission_denied_READ_MEDIA_VIDEO_34")]
    [InlineData("ERR_SSL_VERSION_OR_CIPHER_MISMATCH")]
    [InlineData("SQLITE_CONSTRAINT_UNIQUE (2067)")]
    [InlineData("disk_full_error_code1")]
    [InlineData("task_12345678901234567")]
    [InlineData("token expired")]
    [InlineData("timeout after 30000 ms")]
    [InlineData("std::vector")]
    [InlineData("12:30:45")]
    [InlineData("2026-11-22 08:00:00")]
    [InlineData("1732262400000")]
    [InlineData("Europe/Berlin")]
    [InlineData("and/or")]
    [InlineData("sdk/1.0")]
    [InlineData("lib@1.0.0")]
    [InlineData("Pixel 8")]
    [InlineData("SM-G991B")]
    [InlineData("iPhone14,2")]
    [InlineData("eu-west-1")]
    [InlineData("10.0.19045.1234")]
    [InlineData("256.1.1.1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("v10.0.0.1")]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("https://host.example")]
    [InlineData("Die Übertragung ist fehlgeschlagen")]
    public void Scrub_Names_StayAsTheyAre(string text) => Assert.Same(text, Scrubber.Scrub(text, ScrubScope.Label));

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("2.4.1 (4111111111111111)", "2.4.1 (4111111111111111)")]
    [InlineData("1.0-ada@example.org", "[email]")]
    [InlineData("1.0 token=abc", "1.0 token=[token]")]
    public void Scrub_Version_LosesMailAndSecretsButNoNumbers(string text, string expected) => Assert.Equal(expected, Scrubber.Scrub(text, ScrubScope.Version));

    [Fact]
    public void Scrub_ScopeNone_TouchesNothing() => Assert.Equal("ada@example.org", Scrubber.Scrub("ada@example.org", ScrubScope.None));

    /// <summary>Of everything planted nothing is left, and scrubbing again changes nothing.</summary>
    [Theory]
    [InlineData("mail")]
    [InlineData("ip")]
    [InlineData("mac")]
    [InlineData("token")]
    [InlineData("card")]
    [InlineData("phone")]
    [InlineData("path")]
    public void Scrub_PlantedAnywhere_LeaksNothingAndIsIdempotent(string kind)
    {
        var goal = new Goal("G4");
        var rounds = FaultScale.Of(test: 20_000, faults: 290_000, deep: 2_900_000);
        var planted = new PlantedSecret(new Random(20_261_125 + FaultScale.Seed));
        for (var round = 0; round < rounds; round++)
        {
            var secret = kind switch
            {
                "mail" => planted.Mail(),
                "ip" => planted.Ip(),
                "mac" => planted.Mac(),
                "token" => planted.Token(),
                "card" => planted.Card(),
                "phone" => planted.Phone(),
                _ => planted.Path(),
            };
            var text = planted.In(secret);

            var scrubbed = Scrubber.Scrub(text, ScrubScope.Label);

            Assert.False(Leaks(secret, scrubbed), $"{text} → {scrubbed}");
            Assert.Equal(scrubbed, Scrubber.Scrub(scrubbed, ScrubScope.Label));
        }

        goal.Reached($"{rounds} times a {kind} planted in a text, none left, and scrubbing again changes nothing");
    }

    /// <summary>Whatever a sender makes up, the time is linear: no pattern may go back.</summary>
    [Fact]
    public void Patterns_NeverBacktrack()
    {
        var patterns = typeof(Scrubber).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(field => field.FieldType == typeof(Regex)).Select(field => (Regex)field.GetValue(null)!).ToArray();
        Assert.NotEmpty(patterns);
        Assert.All(patterns, pattern => Assert.True(pattern.Options.HasFlag(RegexOptions.NonBacktracking), pattern.ToString()));
    }

    /// <summary>Six characters in a row are a part of it; the names of settings before a secret are none.</summary>
    private static bool Leaks(string secret, string scrubbed)
    {
        var value = secret[(secret.IndexOfAny(['=', ' ']) is var at and >= 0 && secret[..at].All(letter => char.IsLetter(letter) || letter is '_' or ':') ? at + 1 : 0)..];
        return Enumerable.Range(0, Math.Max(value.Length - 5, 1)).Any(start => scrubbed.Contains(value[start..Math.Min(start + 6, value.Length)], StringComparison.Ordinal));
    }
}
