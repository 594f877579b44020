"""The other side of FIT-Connect with another implementation of JOSE (jwcrypto).

Reads one JSON object with `aufgabe` from stdin and prints one JSON object:
decrypt: every JWE of `jwes` with the private key `pem`; `texte` in base64, `koepfe`.
sign:    `claims` with the private key `pem` under `kopf`; `set`.
schema:  whether `json` is valid against the JSON schema `schema`; `fehler`.
"""

import base64
import json
import sys

from jwcrypto import jwe, jwk, jws


def decrypt(auftrag):
    key = jwk.JWK.from_pem(auftrag["pem"].encode())
    texte, koepfe = [], []
    for text in auftrag["jwes"]:
        token = jwe.JWE(algs=["RSA-OAEP-256", "A256GCM"])
        token.deserialize(text, key)
        texte.append(base64.b64encode(token.payload).decode())
        koepfe.append(token.jose_header)
    return {"texte": texte, "koepfe": koepfe}


def sign(auftrag):
    key = jwk.JWK.from_pem(auftrag["pem"].encode())
    token = jws.JWS(json.dumps(auftrag["claims"]).encode())
    token.allowed_algs = ["PS512", "PS256", "RS512"]
    token.add_signature(key, None, json.dumps(auftrag["kopf"]), None)
    return {"set": token.serialize(compact=True)}


def schema(auftrag):
    import jsonschema

    validator = jsonschema.Draft202012Validator(auftrag["schema"])
    return {"fehler": [error.message for error in validator.iter_errors(auftrag["json"])]}


AUFGABEN = {"decrypt": decrypt, "sign": sign, "schema": schema}
auftrag = json.load(sys.stdin)
json.dump(AUFGABEN[auftrag["aufgabe"]](auftrag), sys.stdout)
