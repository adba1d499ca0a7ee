namespace SyncHealth.Api;

/// <summary>A query parameter that cannot be read; the message says what is allowed.</summary>
internal sealed class InvalidParameterException(string parameter, string value, string allowed)
    : Exception($"The parameter '{parameter}' cannot be '{value}'. Allowed: {allowed}.")
{
    public string Parameter { get; } = parameter;
}
