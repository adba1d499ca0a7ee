namespace SyncHealth.Api;

/// <summary>Who may read, mark and administer. Validated by <see cref="Validate"/> at start.</summary>
public sealed class ApiOptions
{
    /// <summary>The token that read routes ask for (<c>Authorization: Bearer …</c>). Null: none is accepted but the ones below.</summary>
    public string? ReadToken { get; set; }

    /// <summary>The token that may also set markers: for deploy scripts. Null: none.</summary>
    public string? EditorToken { get; set; }

    /// <summary>The token that opens every route: keys, limits, retention, diagnosis. Null: none.</summary>
    public string? AdminToken { get; set; }

    /// <summary>Whether callers on this machine need no token, unless a proxy has forwarded them. On in <c>demo</c>.</summary>
    public bool LoopbackWithoutToken { get; set; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">Nobody could read, or a token is too short to be a secret or opens two doors; the message names the key to set.</exception>
    public void Validate()
    {
        if (ReadToken is null && AdminToken is null && !LoopbackWithoutToken)
            throw new ArgumentException("Api:ReadToken must be set, or nobody can read (environment SYNCHEALTH__Api__ReadToken).");
        foreach (var (name, token) in new[] { (nameof(ReadToken), ReadToken), (nameof(EditorToken), EditorToken), (nameof(AdminToken), AdminToken) })
            if (token is { Length: < MinTokenLength })
                throw new ArgumentException($"Api:{name} must have at least {MinTokenLength} characters (environment SYNCHEALTH__Api__{name}).");
        if (AdminToken is not null && (AdminToken == ReadToken || AdminToken == EditorToken))
            throw new ArgumentException("Api:AdminToken must differ from Api:ReadToken and Api:EditorToken: whoever reads could administer (environment SYNCHEALTH__Api__AdminToken).");
    }

    /// <summary>Characters of a token: 16 of base64 are 96 bits, out of reach of guessing.</summary>
    private const int MinTokenLength = 16;
}
