//! What a column of an imported table means: guessed from its header in the console's four languages.

use crate::crm::lead_search::words;
use crate::string_enum::string_enum;

string_enum! {
    /// What a column holds.
    ImportField {
        /// The name.
        Name = "name",
        /// The first name. It stands before the last name.
        FirstName = "firstName",
        /// The last name.
        LastName = "lastName",
        /// The phone number.
        Phone = "phone",
        /// The email address.
        EmailAddress = "email",
        /// The stage.
        Stage = "stage",
        /// The source.
        Source = "source",
        /// Tags, separated by commas, semicolons or bars.
        Tags = "tags",
        /// The email address of the user who looks after the lead.
        Owner = "owner",
        /// The value of the sale.
        Value = "value",
        /// The currency of the value.
        Currency = "currency",
        /// Why the sale was lost.
        LostReason = "lostReason",
        /// Whether the customer agreed to marketing: yes or no.
        Consent = "consent",
        /// How and where the customer agreed.
        ConsentProof = "consentProof",
    }
}

/// The headers by which each field is known, as [`words`] writes them, in English, Spanish, Portuguese and Hindi.
const NAMES: [(ImportField, &[&str]); 14] = [
    (
        ImportField::Name,
        &[
            "name",
            "full name",
            "customer name",
            "contact name",
            "contact",
            "customer",
            "display name",
            "lead name",
            "nombre completo",
            "nombre y apellido",
            "cliente",
            "contacto",
            "nome completo",
            "nome",
            "contato",
            "नाम",
            "पूरा नाम",
            "ग्राहक",
            "lead",
        ],
    ),
    (
        ImportField::FirstName,
        &["first name", "firstname", "given name", "nombre", "nombres", "primeiro nome", "पहला नाम"],
    ),
    (
        ImportField::LastName,
        &["last name", "lastname", "surname", "family name", "apellido", "apellidos", "sobrenome", "उपनाम", "कुलनाम"],
    ),
    (
        ImportField::Phone,
        &[
            "phone",
            "phone number",
            "mobile",
            "mobile number",
            "mobile phone",
            "cell",
            "cell phone",
            "telephone",
            "tel",
            "whatsapp",
            "whatsapp number",
            "number",
            "contact number",
            "phone 1 value",
            "telefono",
            "numero de telefono",
            "movil",
            "celular",
            "numero",
            "telefone",
            "numero de telefone",
            "telemovel",
            "फोन",
            "फ़ोन",
            "फोन नंबर",
            "फ़ोन नंबर",
            "मोबाइल",
            "मोबाइल नंबर",
            "व्हाट्सएप",
            "नंबर",
        ],
    ),
    (
        ImportField::EmailAddress,
        &[
            "email",
            "e mail",
            "email address",
            "e mail address",
            "mail",
            "e mail 1 value",
            "correo",
            "correo electronico",
            "direccion de correo",
            "endereco de email",
            "endereco de e mail",
            "ईमेल",
            "ई मेल",
        ],
    ),
    (
        ImportField::Stage,
        &["stage", "lead stage", "status", "lead status", "pipeline stage", "etapa", "fase", "estado", "चरण", "स्थिति"],
    ),
    (
        ImportField::Source,
        &["source", "lead source", "origin", "channel", "fuente", "origen", "origem", "fonte", "स्रोत"],
    ),
    (
        ImportField::Tags,
        &["tags", "tag", "labels", "label", "groups", "segment", "etiquetas", "etiqueta", "grupos", "टैग", "लेबल"],
    ),
    (
        ImportField::Owner,
        &[
            "owner",
            "lead owner",
            "assigned to",
            "assignee",
            "agent",
            "owner email",
            "responsable",
            "asignado a",
            "propietario",
            "agente",
            "responsavel",
            "atribuido a",
            "स्वामी",
            "ज़िम्मेदार",
        ],
    ),
    (
        ImportField::Value,
        &["value", "deal value", "amount", "price", "revenue", "valor", "importe", "monto", "preco", "मूल्य", "राशि"],
    ),
    (ImportField::Currency, &["currency", "currency code", "moneda", "divisa", "moeda", "मुद्रा"]),
    (
        ImportField::LostReason,
        &["lost reason", "reason lost", "reason", "motivo de perdida", "motivo da perda", "motivo", "खोने का कारण"],
    ),
    (
        ImportField::Consent,
        &[
            "consent",
            "marketing consent",
            "opt in",
            "optin",
            "opted in",
            "subscribed",
            "consentimiento",
            "acepta publicidad",
            "consentimento",
            "aceita marketing",
            "सहमति",
        ],
    ),
    (
        ImportField::ConsentProof,
        &[
            "consent proof",
            "consent source",
            "proof of consent",
            "opt in source",
            "prueba de consentimiento",
            "prova de consentimento",
            "prova do consentimento",
            "सहमति का प्रमाण",
        ],
    ),
];

/// What each column seems to hold: none where the header says nothing known, or an earlier column holds the same.
#[must_use]
pub fn guess(header: &[String]) -> Vec<Option<ImportField>> {
    let mut taken = Vec::new();
    header
        .iter()
        .map(|name| {
            let name = words(name).join(" ");
            let field = NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(field, _)| *field);
            let field = field.filter(|field| !taken.contains(field));
            taken.extend(field);
            field
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_four_languages() {
        use ImportField::{ConsentProof, EmailAddress, FirstName, LastName, Name, Owner, Phone, Stage, Tags, Value};
        let guessed = |text: &str| guess(&text.split(',').map(str::to_owned).collect::<Vec<_>>());
        for (header, fields) in [
            (
                "Name,Phone Number,E-mail,TAGS,Notes",
                vec![Some(Name), Some(Phone), Some(EmailAddress), Some(Tags), None],
            ),
            ("Nombre,Apellidos,Teléfono,Etapa", vec![Some(FirstName), Some(LastName), Some(Phone), Some(Stage)]),
            ("Nome,Celular,Responsável,Valor", vec![Some(Name), Some(Phone), Some(Owner), Some(Value)]),
            (
                "नाम,मोबाइल नंबर,ईमेल,सहमति का प्रमाण",
                vec![Some(Name), Some(Phone), Some(EmailAddress), Some(ConsentProof)],
            ),
            ("Phone,Mobile", vec![Some(Phone), None]),
        ] {
            assert_eq!(guessed(header), fields, "{header}");
        }
    }

    #[test]
    fn each_name_is_written_as_headers_are_read() {
        for (field, names) in NAMES {
            for name in names {
                assert_eq!(guess(&[(*name).to_owned()]), [Some(field)], "{name}");
            }
        }
    }
}
