using System.Globalization;
using System.Net;
using System.Text;

namespace SyncHealth.Ingest.Tests.Intake;

/// <summary>A made-up personal or secret value of one kind, and the texts around it that an app may report.</summary>
internal sealed class PlantedSecret(Random random)
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Letters = Lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Base64 = Letters + Digits + "-_";
    private const string Hex = "0123456789abcdef";

    private static readonly string[] Around = ["", "note", "save failed", "http_503", "retry in 30 s", "é 漢字", "x=1;", "and/or", "2.4.1", "'quoted'", "(why)"];
    private static readonly string[] Between = [" ", ": ", " '", " \"", " (", ", ", "; ", " <", "\t", " = "];
    private static readonly string[] Behind = [" ", "'", "\"", ")", ", ", "; ", "> ", "\n"];

    public string Mail() => $"{Word(1, 12)}{Pick([".", "+", "_", "-", ""])}{Word(1, 8)}{Pick(["@", "%40"])}{Word(1, 10)}.{Pick(["com", "org", "example", "co.uk", "museum"])}";

    public string Ip() => random.Next(3) == 0 ? string.Join('.', Bytes(4)) : new IPAddress(Bytes(16)).ToString();

    public string Mac() => string.Join(Pick([":", "-"]), Bytes(6).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));

    public string Token() => random.Next(5) switch
    {
        0 => $"eyJ{Some(Base64, 12, 40)}.{Some(Base64, 12, 60)}.{Some(Base64, 20, 43)}",
        1 => Pick(["ghp_", "sk-", "sk_live_", "xoxb-", "glpat-", "shk_"]) + Some(Letters, 6, 10) + Some(Digits, 2, 4) + Some(Letters, 6, 20),
        2 => "7" + Some(Hex, 31, 64),
        3 => Pick(["token=", "password: ", "api_key=", "secret = ", "Bearer "]) + Some(Letters, 4, 8) + Some(Digits, 4, 8),
        _ => Some(Letters, 8, 12) + "7a" + Some(Base64, 16, 20).Replace('-', 'x') + "9Qz4w" + Some(Letters, 4, 12),
    };

    public string Card()
    {
        var digits = Some(Digits, 13, 18);
        var check = Enumerable.Range(0, 10).First(last => Luhn(digits + last) == 0);
        var number = digits + check;
        var separator = Pick(["", " ", "-"]);
        return string.Join(separator, number.Chunk(4).Select(group => new string(group)));
    }

    public string Phone() => random.Next(3) switch
    {
        0 => $"+{random.Next(1, 99)}{Pick(["", " ", "-"])}{random.Next(100, 999)}{Pick(["", " ", "-"])}{random.Next(100_000, 99_999_999)}",
        1 => $"0{random.Next(10, 9999)}{Pick([" ", "/", "-", " - "])}{random.Next(100_000, 9_999_999)}",
        _ => $"({random.Next(200, 999)}) {random.Next(200, 999)}-{random.Next(1000, 9999)}",
    };

    public string Path() => random.Next(4) switch
    {
        0 => $@"C:\Users\{Word(3, 8)} {Word(3, 8)}\{Word(3, 8)}.db",
        1 => $"/Users/{Word(3, 8)} {Word(3, 8)}/Library/{Word(3, 8)}",
        2 => $"~/{Word(3, 8)}/{Word(3, 8)}.sqlite",
        _ => $"/data/user/0/com.{Word(3, 8)}.app/files/{Word(3, 8)}",
    };

    /// <summary>The value in the middle of a text, separated from it as people and programs do.</summary>
    public string In(string secret) => Pick(Around) + Pick(Between) + secret + (random.Next(Behind.Length + 1) is > 0 and var behind ? Behind[behind - 1] + Pick(Around) : "");

    private string Word(int least, int most) => Some(Lower, least, most);

    private string Some(string alphabet, int least, int most)
    {
        var text = new StringBuilder();
        for (var i = random.Next(least, most + 1); i > 0; i--)
            text.Append(alphabet[random.Next(alphabet.Length)]);
        return text.ToString();
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private string Pick(string[] texts) => texts[random.Next(texts.Length)];

    private static int Luhn(string digits) =>
        digits.Reverse().Select((digit, place) => (Value: (digit - '0') << (place % 2), Digit: 0)).Sum(item => item.Value > 9 ? item.Value - 9 : item.Value) % 10;
}
