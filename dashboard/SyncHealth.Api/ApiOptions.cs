namespace SyncHealth.Api;

/// <summary>Who may read. Validated by <see cref="Validate"/> at start.</summary>
public sealed class ApiOptions
{
    /// <summary>The token that read routes ask for (<c>Authorization: Bearer …</c>). Null: none is accepted.</summary>
    public string? ReadToken { get; set; }

    /// <summary>Whether callers on this machine need no token, unless a proxy has forwarded them. On in <c>demo</c>.</summary>
    public bool LoopbackWithoutToken { get; set; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">Nobody could read, or the token is too short to be a secret; the message names the key to set.</exception>
    public void Validate()
    {
        if (ReadToken is null && !LoopbackWithoutToken)
            throw new ArgumentException("Api:ReadToken must be set, or nobody can read (environment SYNCHEALTH__Api__ReadToken).");
        if (ReadToken is { Length: < MinTokenLength })
            throw new ArgumentException($"Api:ReadToken must have at least {MinTokenLength} characters (environment SYNCHEALTH__Api__ReadToken).");
    }

    /// <summary>Characters of a token: 16 of base64 are 96 bits, out of reach of guessing.</summary>
    private const int MinTokenLength = 16;
}
