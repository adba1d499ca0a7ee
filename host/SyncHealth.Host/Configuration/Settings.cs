using System.Globalization;

namespace SyncHealth.Host.Configuration;

/// <summary>Settings of an installation: environment <c>SYNCHEALTH__Section__Key</c> over <c>synchealth.json</c> in the data folder.</summary>
internal sealed class Settings
{
    private const string Prefix = "SYNCHEALTH__";

    private readonly IConfiguration _values;

    private Settings(IConfiguration values) => _values = values;

    /// <exception cref="StartupException">The file is not JSON.</exception>
    public static Settings Load(string? file)
    {
        try
        {
            var builder = new ConfigurationBuilder();
            if (file is not null)
                builder.AddJsonFile(file, optional: true);
            return new Settings(builder.AddEnvironmentVariables(Prefix).Build());
        }
        catch (InvalidDataException exception)
        {
            throw new StartupException(ExitCodes.Configuration, $"{file} cannot be read: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    /// <summary>Connection string of an existing Postgres, or null to run the embedded one.</summary>
    public static string? Postgres() =>
        Environment.GetEnvironmentVariable("SYNCHEALTH_POSTGRES") is { Length: > 0 } value ? value : null;

    public string? Text(string key) => _values[key] is { Length: > 0 } value ? value : null;

    /// <exception cref="StartupException">The value is neither <c>true</c> nor <c>false</c>.</exception>
    public bool Flag(string key, bool fallback) => Text(key) switch
    {
        null => fallback,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw Bad(key, text, "true or false"),
    };

    /// <exception cref="StartupException">The value is no duration or outside the bounds.</exception>
    public TimeSpan Span(string key, TimeSpan fallback, TimeSpan least, TimeSpan most)
    {
        if (Text(key) is not { } text)
            return fallback;
        if (!Duration.TryParse(text, out var value) || value < least || value > most)
            throw Bad(key, text, $"a duration from {Duration.Format(least)} to {Duration.Format(most)}, such as 15s or 2m");
        return value;
    }

    /// <exception cref="StartupException">The value is no whole number or outside the bounds.</exception>
    public int Number(string key, int fallback, int least, int most)
    {
        if (Text(key) is not { } text)
            return fallback;
        if (!int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) || value < least || value > most)
            throw Bad(key, text, $"a whole number from {least} to {most}");
        return value;
    }

    /// <exception cref="StartupException">The value is no number or outside the bounds.</exception>
    public double Real(string key, double fallback, double least, double most)
    {
        if (Text(key) is not { } text)
            return fallback;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value >= least && value <= most))
            throw Bad(key, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
        return value;
    }

    /// <summary>The names that stand below a key.</summary>
    public IEnumerable<string> Names(string key) => _values.GetSection(key).GetChildren().Select(child => child.Key);

    /// <summary>A number from 1 on; <c>none</c> is null.</summary>
    /// <exception cref="StartupException">The value is neither.</exception>
    public int? Limit(string key, int? fallback, int most) => Text(key) switch
    {
        null => fallback,
        "none" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most => value,
        var text => throw Bad(key, text, $"a whole number from 1 to {most}, or none"),
    };

    /// <summary>The refusal of a value: it names the key to set and what is allowed.</summary>
    public static StartupException Bad(string key, string value, string allowed) => new(
        ExitCodes.Configuration,
        $"{Prefix}{key.Replace(":", "__", StringComparison.Ordinal)} is '{value}'; set it to {allowed}.");
}
